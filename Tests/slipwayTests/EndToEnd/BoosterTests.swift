import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// Model files of LightGBM and XGBoost, pushed and scored without a converter.
    struct BoosterTests {
        private static func fixture(_ path: String) throws -> Data { try TelcoProject.fixture("../\(path)") }

        @Test func aLightGBMFileBecomesAVersionWithNamedFields() throws {
            try TelcoProject.with { project in
                try project.write(Self.fixture("lightgbm/objective_multiclass.txt"), to: "model.txt")
                try project.done("model", "push", "model.txt", "--name", "levels")
                let shown = try project.done("model", "show", "levels@1", "--json").json
                guard case .array(let inputs)? = shown["signature"]?["inputs"] else {
                    Issue.record("the signature has no inputs")
                    return
                }
                #expect(inputs.map { $0["name"] } == (0..<4).map { .string("Column_\($0)") })
                #expect(shown["lineage"]?["source"] == .string("model.txt"))
                #expect(shown["lineage"]?["source_format"] == .string("LightGBM"))
                try project.done("model", "promote", "levels@1", "--to", "production")
            }
        }

        @Test func theFileAndItsVersionGiveTheSameScores() throws {
            try TelcoProject.with { project in
                // The ending says nothing; the content does.
                try project.write(Self.fixture("lightgbm/pandas.txt"), to: "saved.model")
                try project.write(
                    "amount,colour,size,member,label\n0.5,red,20,,0\n,violet,10,,1\n-2,très clair,,,0.5\n",
                    to: "some.csv")
                try project.done("model", "push", "saved.model", "--name", "pets", "--examples", "some.csv")
                let ofFile = try project.done("score", "./saved.model", "--from", "some.csv", "--to", "-")
                let ofVersion = try project.done("score", "pets@1", "--from", "some.csv", "--to", "-")
                #expect(ofFile.output == ofVersion.output)
                #expect(ofFile.output.split(separator: "\n").count == 4)
            }
        }

        @Test func anXGBoostFileBecomesAVersion() throws {
            try TelcoProject.with { project in
                try project.write(Self.fixture("xgboost/binary-logistic/model.ubj"), to: "model.ubj")
                try project.done("model", "push", "model.ubj", "--name", "odds")
                let lineage = try project.done("model", "show", "odds@1", "--json").json["lineage"]
                #expect(lineage?["source_format"] == .string("XGBoost"))
            }
        }

        @Test func aTrainingProgramMayLeaveALightGBMFile() throws {
            try TelcoProject.with(train: "cp model.txt \"$SLIPWAY_MODEL_OUTPUT\"") { project in
                try project.write(Self.fixture("lightgbm/objective_binary.txt"), to: "model.txt")
                // The model reads other columns than the project has: the file was read, and its fields are known.
                let outcome = try project.slipway("retrain", "churn")
                #expect(outcome.status == 1)
                #expect(outcome.messages.contains("field 'contract' must be a number"), "\(outcome.messages)")
            }
        }

        @Test func whatIsInNoKnownFormatIsRefusedWithThoseThatAreRead() throws {
            try TelcoProject.with { project in
                let before = try project.registryState()
                let refusal = try project.refusal("model", "push", "rows.csv", "--name", "churn")
                #expect(refusal.contains("LightGBM's text, and XGBoost's JSON and UBJSON"))
                try project.write("tree\nversion=v4\n", to: "cut.txt")
                let cut = try project.refusal("model", "push", "cut.txt", "--name", "churn")
                #expect(cut.contains("ends within the header"))
                let absent = try project.refusal("score", "absent.txt", "--from", "rows.csv", "--to", "-")
                #expect(absent.contains("there is no file absent.txt"))
                #expect(try project.registryState() == before)
            }
        }
    }
}
