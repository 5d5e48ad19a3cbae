import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct PredictTests {
        /// The first row of the project's rows as fields, and as JSON.
        private static func record(_ project: TelcoProject) throws -> (fields: [String], json: String) {
            let table = try CSVReader.table(parsing: Array(try #require(project.text(of: "rows.csv")).utf8))
            let names = ["tenure", "contract", "monthly_charges"]
            let cells = names.map { (name: $0, value: table[$0]?[0] ?? .missing) }
            let json = JSONObject(cells.map { (name: $0.name, value: JSONValue($0.value)) })
            return (cells.map { "\($0.name)=\($0.value.text)" }, JSONValue.object(json).text)
        }

        @Test func fieldsAndJSONGiveTheReferenceAnswerAndItsReasons() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let record = try Self.record(project)
                let byFields = try project.start(["predict", "churn"] + record.fields + ["--explain", "2", "--json"])
                    .wait()
                let byJSON = try project.done("predict", "churn@1", "--record", record.json, "--explain", "2", "--json")
                #expect(byFields.output == byJSON.output, "\(byFields.messages)")
                let answer = try JSONValue(parsing: Array(byJSON.output.utf8))
                let reference = try ReferenceScores.probabilities(of: "good")[0].probability
                let probability = try #require(answer["probabilities"]?["Yes"]?.asValue?.asNumber)
                #expect(abs(probability - reference) < 1e-6)
                #expect(answer["explanation"]?["method"] == "linear_shap")
                let score = try #require(answer["explanation"]?["score"]?.asValue?.asNumber)
                #expect(abs(1 / (1 + exp(-score)) - reference) < 1e-6)
                guard case .array(let reasons)? = answer["explanation"]?["reasons"] else {
                    return #expect(Bool(false), "there are no reasons")
                }
                #expect(reasons.count == 2)
            }
        }

        @Test func peopleReadWords() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let record = try Self.record(project)
                let output = try project.done("predict", "churn", "--record", record.json, "--explain", "1").output
                #expect(output.contains("prediction"))
                #expect(output.contains("the log-odds of 'Yes' by "))
                #expect(output.contains("The log-odds of 'Yes' are "))
            }
        }

        @Test func theRecordIsHeldToTheSignature() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                #expect(try project.refusal("predict", "churn", "tenure=2").contains("is required"))
                let record = try Self.record(project).json
                let odd = record.replacing("{", with: #"{"tenur":1,"#, maxReplacements: 1)
                #expect(try project.refusal("predict", "churn", "--record", odd).contains("tenur"))
                #expect(try project.refusal("predict", "churn", "--record", "[1]").contains("no JSON object"))
            }
        }

        @Test func scoresCarryTheirReasonsAsColumns() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let outcome = try project.done("score", "churn", "--from", "rows.csv", "--to", "-", "--explain", "2")
                let table = try CSVReader.table(parsing: Array(outcome.output.utf8))
                #expect(
                    table.names == [
                        "label", "probabilities_0", "probabilities_1", "reason_1", "contribution_1", "reason_2",
                        "contribution_2",
                    ])
                for row in 0..<table.rowCount {
                    let amounts = ["contribution_1", "contribution_2"].map { table[$0]?[row].asNumber ?? .nan }
                    #expect(abs(amounts[0]) >= abs(amounts[1]))
                }
                let refused = try project.refusal(
                    "score", "good.onnx", "--from", "rows.csv", "--to", "-", "--explain", "2")
                #expect(refused.contains("Push the model with examples."))
            }
        }
    }
}
