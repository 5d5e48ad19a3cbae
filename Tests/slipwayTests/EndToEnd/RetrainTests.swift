import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct RetrainTests {
        @Test func aGoodModelIsPromotedWithItsLineage() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let outcome = try project.done("retrain", "churn", "--json")
                let report = try outcome.json
                #expect(report["promoted"] == .boolean(true))
                #expect(report["version"] == .integer(2))
                #expect(report["champion"] == .integer(1))
                let shown = try project.done("model", "show", "churn", "--json").json
                #expect(shown["version"] == .integer(2))
                let lineage = shown["lineage"]
                #expect(lineage?["origin"] == .string("retrain"))
                #expect(lineage?["data_digest"] == report["snapshot"])
                #expect(lineage?["command"] == .array([.string("sh"), .string("train.sh")]))
                #expect(lineage?["training_rows"] != nil && lineage?["duration_seconds"] != nil)
            }
        }

        @Test func aWorseModelIsRefusedWithBothFigures() throws {
            try TelcoProject.with(train: "cp weak.onnx \"$SLIPWAY_MODEL_OUTPUT\"") { project in
                try project.promoteGoodModel()
                let outcome = try project.slipway("retrain", "churn")
                #expect(outcome.status == 1)
                let line = try #require(
                    outcome.output.split(separator: "\n").first { $0.hasPrefix("roc_auc not worse than champion") })
                #expect(line.contains("failed"))
                #expect(line.contains("roc_auc is 0.") && line.contains("the champion's is 0."))
                #expect(outcome.output.contains("churn@2 was refused; the champion of production is unchanged."))
                #expect(try project.done("model", "check", "churn").output.contains("The gate of churn@1"))
                let json = try project.slipway("retrain", "churn", "--json")
                #expect(json.status == 1)
                #expect(try json.json["promoted"] == .boolean(false))
            }
        }

        @Test func theTrainingProgramFindsItsDataAndItsTarget() throws {
            let script = """
                echo "$SLIPWAY_TARGET" > target.txt
                head -n 1 "$SLIPWAY_SNAPSHOT" > header.txt
                cp good.onnx "$SLIPWAY_MODEL_OUTPUT"
                """
            try TelcoProject.with(train: script) { project in
                try project.done("retrain", "churn")
                #expect(project.text(of: "target.txt") == "churn\n")
                #expect(
                    project.text(of: "header.txt")
                        == "customer_id,tenure,contract,internet_service,monthly_charges,churn\n")
            }
        }

        @Test(arguments: [
            ("echo 'no such column: tenure' >&2\nexit 3", ["exit code 3", "no such column: tenure"]),
            ("exit 0", ["left no model", "SLIPWAY_MODEL_OUTPUT"]),
            ("touch \"$SLIPWAY_MODEL_OUTPUT\"", ["left an empty file"]),
            ("echo garbage > \"$SLIPWAY_MODEL_OUTPUT\"", ["not an ONNX model"]),
            ("head -c 600 good.onnx > \"$SLIPWAY_MODEL_OUTPUT\"", ["not an ONNX model"]),
            ("cp wide.onnx \"$SLIPWAY_MODEL_OUTPUT\"", ["'features'"]),
            ("mkdir \"$SLIPWAY_MODEL_OUTPUT\"", ["must write the ONNX file"]),
            ("kill -9 $$", ["'sh train.sh' was ended by"]),
        ])
        func aTrainingThatFailsRegistersNothing(script: String, messages: [String]) throws {
            try TelcoProject.with(train: script) { project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                let outcome = try project.slipway("retrain", "churn")
                #expect(outcome.status == 1)
                for message in messages { #expect(outcome.messages.contains(message), "\(outcome.messages)") }
                #expect(try project.registryState() == before)
                try project.write("cp good.onnx \"$SLIPWAY_MODEL_OUTPUT\"", to: "train.sh")
                try project.done("retrain", "churn")
            }
        }

        @Test func aProgramThatIsNotThereIsNamed() throws {
            try TelcoProject.with { project in
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(settings.replacing("[sh, train.sh]", with: "[trainer]"), to: "slipway.yaml")
                #expect(try project.slipway("retrain", "churn").messages.contains("'trainer' cannot be started"))
            }
        }

        @Test(arguments: ["", "trap '' TERM\n"])
        func aTrainingThatHangsIsEndedWithWhateverItStarted(stubbornness: String) throws {
            let script =
                "\(stubbornness)sh -c '\(stubbornness.replacing("'", with: "\""))sleep 300' &\n"
                + "echo $! > grandchild.txt\nwait\nsleep 300"
            try TelcoProject.with(train: script, timeout: "1s") { project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                let outcome = try project.slipway("retrain", "churn")
                #expect(outcome.status == 1)
                #expect(outcome.messages.contains("ran longer than"), "\(outcome.messages)")
                #expect(try project.registryState() == before)
                let number = project.text(of: "grandchild.txt").flatMap {
                    Int32($0.trimmingCharacters(in: .whitespacesAndNewlines))
                }
                let grandchild = try #require(number)
                let hasEnded = Self.waitUntilEnded(grandchild)
                #expect(hasEnded)
                if !hasEnded { kill(grandchild, SIGKILL) }
            }
        }

        @Test func tooFewRowsAreRefused() throws {
            try TelcoProject.with { project in
                let rows = try #require(project.text(of: "data/customers.csv")).split(separator: "\n").prefix(8)
                try project.write(rows.joined(separator: "\n") + "\n", to: "data/customers.csv")
                let outcome = try project.slipway("retrain", "churn")
                #expect(outcome.messages.contains("10 at least"))
            }
        }

        /// Whether a process is gone within seconds; one that nobody has buried yet counts as gone.
        private static func waitUntilEnded(_ process: Int32) -> Bool {
            for _ in 0..<300 {
                let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
                if kill(process, 0) != 0 || state.contains(") Z ") { return true }
                usleep(10_000)
            }
            return false
        }
    }
}
