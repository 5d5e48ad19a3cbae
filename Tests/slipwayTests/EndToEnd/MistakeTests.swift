import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct MistakeTests {
        @Test func allMistakesOfTheProjectFileAreListedWithTheirLines() throws {
            try TelcoProject.with { project in
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing("type: csv", with: "type: cvs").replacing("from: files\n", with: "from: flies\n")
                        .replacing("at_least: 0.70", with: "at_least: high"), to: "slipway.yaml")
                let message = try project.refusal("model", "list")
                for line in ["slipway.yaml:6:", "slipway.yaml:9:", "slipway.yaml:22:"] {
                    #expect(message.contains(line), "\(message)")
                }
                #expect(message.contains("slipway.yaml has 3 problems"))
                #expect(project.names(in: ".slipway") == [])
            }
        }

        @Test(arguments: [
            (["model", "show", "churm@1"], "Did you mean 'churn'?"),
            (["model", "show", "churn@9"], "The latest one is churn@1."),
            (["model", "show", "churn@first"], "'first' is no version of churn"),
            (["model", "list", "churm"], "Did you mean 'churn'?"),
            (["model", "audit", "churm"], "Did you mean 'churn'?"),
            (["model", "rollback", "churm", "--in", "production"], "Did you mean 'churn'?"),
            (["model", "rollback", "churn", "--in", "production"], "there is nothing to roll back to"),
            (["model", "rollback", "churn", "--in", "prodution"], "did you mean 'production'?"),
            (["model", "promote", "churn@1", "--to", "prodution"], "did you mean 'production'?"),
            (["model", "check", "churn@1", "--environment", "prodution"], "did you mean 'production'?"),
            (["score", "churm@1", "--from", "rows.csv", "--to", "-"], "Did you mean 'churn'?"),
            (["score", "churn@1", "--from", "rows.csv", "--to", "-", "--engine", "nativ"], "'nativ'"),
            (["score", "churn@1", "--from", "rows.csv", "--to", "./rows.csv"], "'./rows.csv' holds the rows"),
            (["score", "/dev/null", "--from", "rows.csv", "--to", "-"], "/dev/null is a pipe or a device"),
            (["serve", "--environment", "prodution"], "did you mean 'production'?"),
            (["serve", "--port", "0", "--access-log", "no/such/access.log"], "cannot write to 'no/such/access.log'"),
            (["data", "replicate", "custmers"], "did you mean 'customers'?"),
            (["data", "replicate", "customers", "--to", "prodution"], "did you mean 'production'?"),
            (["data", "snapshot", "churm"], "did you mean 'churn'?"),
            (["data", "list", "--in", "prodution"], "did you mean 'production'?"),
            (["retrain", "churm"], "did you mean 'churn'?"),
            (["retrain", "churn", "--to", "prodution"], "did you mean 'production'?"),
            (["feedback", "churm", "--from", "rows.csv"], "Did you mean 'churn'?"),
            (["feedback", "churn", "--from", "absent.csv"], "cannot read 'absent.csv'"),
            (["monitor", "churm"], "Did you mean 'churn'?"),
            (["monitor", "churn", "--environment", "prodution"], "did you mean 'production'?"),
            (["log", "show", "churm"], "Did you mean 'churn'?"),
            (["log", "export", "churm", "--to", "log.jsonl"], "Did you mean 'churn'?"),
        ])
        func whatIsNotThereIsNamedWithWhatWasMeant(arguments: [String], hint: String) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                let files = project.names(in: ".")
                let outcome = try project.start(arguments).wait()
                #expect(outcome.status == 1)
                #expect(outcome.output == "")
                #expect(outcome.messages.contains(hint), "\(outcome.messages)")
                #expect(try project.registryState() == before)
                #expect(project.names(in: ".") == files)
            }
        }

        @Test(arguments: [
            ("tenure,monthly_charges,churn\n1,2,No\n", "churn", "contract"),
            ("tenure,contract,monthly_charges,churn\n1,One year,5,No\n2,One year\n", "churn", "rows.csv:3: "),
            ("tenure,contract,monthly_charges,churn\nmany,One year,5,No\n", "churn", "'tenure'"),
            ("tenure,contract,monthly_charges,churn\n1,One year,5,No\n", "chrun", "'chrun'"),
            ("", "churn", "rows.csv:1: "),
        ])
        func examplesThatDoNotFitAreRefusedAndNothingIsRegistered(
            rows: String, target: String, message: String
        ) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                try project.write(rows, to: "rows.csv")
                let refusal = try project.refusal(
                    "model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv", "--target", target)
                #expect(refusal.contains(message), "\(refusal)")
                #expect(try project.registryState() == before)
            }
        }

        @Test func whatIsNoModelIsNotRegistered() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                try project.write(try TelcoProject.fixture("good.onnx").dropLast(100), to: "cut.onnx")
                for file in ["cut.onnx", "rows.csv", "absent.onnx", "data"] {
                    try project.refusal("model", "push", file, "--name", "churn")
                }
                #expect(try project.refusal("model", "push", "good.onnx", "--name", "Ch urn").contains("'Ch urn'"))
                #expect(try project.registryState() == before)
            }
        }

        @Test func aPackageThatWasChangedOnDiskIsRefusedByNameOfTheFile() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
                try project.done("model", "promote", "churn@2", "--to", "production")
                let listed = try project.done("model", "list", "churn", "--json").json
                guard case .array(let versions)? = listed["versions"] else { return }
                let digest = try #require(versions[0]["digest"]?.asValue?.text)
                let file = ".slipway/packages/\(digest)/model.onnx"
                try project.write(try TelcoProject.fixture("weak.onnx"), to: file)

                for arguments in [
                    ["model", "check", "churn@1"], ["model", "show", "churn@1"],
                    ["model", "promote", "churn@1", "--to", "production"],
                    ["model", "rollback", "churn", "--in", "production"],
                    ["score", "churn@1", "--from", "rows.csv", "--to", "-"],
                ] {
                    let outcome = try project.start(arguments).wait()
                    #expect(outcome.status == 1)
                    #expect(outcome.messages.contains("model.onnx"), "\(outcome.messages)")
                }
                #expect(try project.done("model", "list", "churn", "--json").json == listed)
                try RunningServer.with(project) { server in
                    let model = try server.request("GET", "/models/churn").json
                    #expect(model["version"] == .integer(2))
                }
            }
        }

        @Test func aServerWithADamagedChampionDoesNotStart() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let digest = try #require(project.names(in: ".slipway/packages").first)
                try project.write("", to: ".slipway/packages/\(digest)/signature.json")
                let refusal = try project.refusal("serve", "--port", "0")
                #expect(refusal.contains("signature.json"))
            }
        }

        @Test func aRefusedPromotionSaysBothFigures() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("model", "push", "weak.onnx", "--name", "churn", "--examples", "rows.csv")
                let outcome = try project.slipway("model", "promote", "churn@2", "--to", "production")
                #expect(outcome.status == 1)
                #expect(outcome.output.contains("roc_auc is 0.2755, the champion's is 0.8399"))
                #expect(outcome.output.contains("churn@2 was refused"))
                #expect(try project.done("model", "list", "churn").output.contains("churn@1"))
                #expect(try project.done("model", "check", "churn").output.contains("The gate of churn@1"))
            }
        }
    }
}
