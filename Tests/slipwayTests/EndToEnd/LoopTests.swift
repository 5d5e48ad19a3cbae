import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct LoopTests {
        @Test func aModelGoesThroughItsWholeLoop() throws {
            try TelcoProject.with(train: "cp \"${NEXT:-good}.onnx\" \"$SLIPWAY_MODEL_OUTPUT\"") { project in
                try project.promoteGoodModel()
                try project.done("model", "check", "churn@1")
                let replicated = try project.done("data", "replicate", "customers")
                #expect(replicated.output.hasPrefix("customers: 600 rows in production"))

                try RunningServer.with(project) { server in
                    try feedBackAndWatch(project, server)
                    let retrained = try project.done("retrain", "churn")
                    #expect(retrained.output.contains("churn@2 is champion in production."))
                    try eventually { try server.prediction(customer: 1003)["version"] == .integer(2) }

                    var worse = project
                    worse.environment["NEXT"] = "weak"
                    let refused = try worse.slipway("retrain", "churn")
                    #expect(refused.status == 1)
                    #expect(refused.output.contains("churn@3 was refused"))

                    let back = try project.done("model", "rollback", "churn", "--in", "production")
                    #expect(back.output == "churn@1 is champion in production again.\n")
                    try eventually { try server.prediction(customer: 1003)["version"] == .integer(1) }
                }
            }
        }

        @Test func aPredictionIsTheScoreOfTheSameRow() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                let expected = try ReferenceScores.probabilities(of: "good")
                try RunningServer.with(project) { server in
                    for (customer, probability) in expected.prefix(20) {
                        let answer = try server.prediction(customer: customer)
                        let given = answer["probabilities"]?["Yes"]?.asValue?.asNumber
                        #expect(abs((given ?? .nan) - probability) < 1e-6)
                    }
                }
            }
        }

        @Test func monitorGivesTheFiguresOfTheRowsThatWereServed() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let rows = try CSVReader.table(contentsOf: "\(project.path)/rows.csv")
                let keys = try #require(rows["customer_id"])
                let labels = try #require(rows["churn"])
                try project.done("data", "replicate", "customers")
                try RunningServer.with(project) { server in
                    let body = (0..<rows.rowCount).map { "{\"customer_id\": \(keys[$0].text)}" }
                    let answer = try server.request(
                        "POST", "/models/churn/predict", body: "[\(body.joined(separator: ","))]")
                    #expect(answer.status == 200)
                }
                let outcomes = (0..<rows.rowCount).map { "\(keys[$0].text),\(labels[$0].text)\n" }
                try project.write("customer_id,churn\n" + outcomes.joined(), to: "labels.csv")
                try project.done("feedback", "churn", "--from", "labels.csv")

                let report = try project.done("monitor", "churn", "--json").json
                let metrics = report["accuracy"]?["evaluation"]?["metrics"]
                let expected = try ReferenceScores.metrics(of: "good")
                #expect(abs((metrics?["roc_auc"]?.asValue?.asNumber ?? .nan) - expected.auc) < 1e-9)
                #expect(abs((metrics?["log_loss"]?.asValue?.asNumber ?? .nan) - expected.logLoss) < 1e-6)
                #expect(report["accuracy"]?["labels"] == .integer(300))
                #expect(report["accuracy"]?["coverage"]?.asValue?.asNumber == 1)
                // The rows served are the rows of the baseline: nothing can have drifted.
                guard case .array(let features)? = report["features"] else {
                    Issue.record("no features in \(report)")
                    return
                }
                #expect(features.count == 3)
                for feature in features {
                    #expect(feature["missing_rate"]?.asValue?.asNumber == 0)
                    #expect(abs(feature["drift"]?["statistic"]?.asValue?.asNumber ?? .nan) < 1e-9)
                    #expect(feature["drift"]?["verdict"] == .string("stable"))
                }
            }
        }

        private func feedBackAndWatch(_ project: TelcoProject, _ server: RunningServer) throws {
            let ids = try (1001...1040).map { customer in
                let id = try server.prediction(customer: customer)["id"]?.asValue?.text
                return try #require(id)
            }
            let outcomes = ids.prefix(20).map { "\($0),No\n" }.joined()
            try project.write("id,actual\n" + outcomes, to: "by-id.csv")
            try project.write("customer_id,churn\n" + (1021...1030).map { "\($0),Yes\n" }.joined(), to: "by-key.csv")
            #expect(try project.done("feedback", "churn", "--from", "by-id.csv").output.hasPrefix("20 outcomes"))
            #expect(try project.done("feedback", "churn", "--from", "by-key.csv").output.hasPrefix("10 outcomes"))

            let report = try project.done("monitor", "churn", "--json").json
            #expect(report["accuracy"]?["labels"] == .integer(30))
            #expect(report["accuracy"]?["feedback"]?["matched"] == .integer(30))
            #expect(report["accuracy"]?["coverage"]?.asValue?.asNumber == 0.75)

            try project.done("log", "export", "churn", "--to", "log.jsonl")
            #expect(try Self.loggedIDs(project.text(of: "log.jsonl")) == ids)
        }

        static func loggedIDs(_ log: String?) throws -> [String] {
            try #require(log).split(separator: "\n").map { line in
                let id = try JSONValue(parsing: Data(line.utf8))["id"]?.asValue?.text
                return try #require(id)
            }
        }
    }
}
