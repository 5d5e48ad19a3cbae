import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct CommandTests {
        @Test func aNewProjectValidatesAndItsNextStepsWork() throws {
            try TelcoProject.with { project in
                let started = try project.done("init", "fresh")
                #expect(started.messages == "")
                let fresh = TelcoProject(path: "\(project.path)/fresh", scratch: project.scratch)
                let rows = try #require(project.text(of: "rows.csv"))
                try fresh.write(rows, to: "rows.csv")
                try fresh.write(try TelcoProject.fixture("good.onnx"), to: "churn.onnx")
                let commands = started.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                    .filter { $0.hasPrefix("slipway ") && !$0.hasPrefix("slipway serve") }
                #expect(commands.count >= 4)
                for command in commands {
                    let words = command.split(separator: " ").dropFirst().map(String.init)
                    let outcome = try fresh.start(words).wait()
                    #expect(outcome.status == 0, "\(command): \(outcome.messages)")
                }
                #expect(started.output.contains("slipway serve --environment production"))
                try RunningServer.with(fresh) { server in
                    let answer = try server.request("GET", "/models/churn")
                    #expect(answer.status == 200)
                }
            }
        }

        @Test func initRefusesAFolderThatIsAProjectAndChangesNothing() throws {
            try TelcoProject.with { project in
                let before = project.text(of: "slipway.yaml")
                let refusal = try project.refusal("init")
                #expect(refusal.contains("slipway.yaml exists already"))
                #expect(project.text(of: "slipway.yaml") == before)
                #expect(project.text(of: "README.md") == nil)
            }
        }

        @Test func codesOfDigitsStayTextWhereTheModelReadsText() throws {
            try TelcoProject.with { project in
                for name in ["rows.csv", "data/customers.csv"] {
                    let rows = try #require(project.text(of: name))
                    try project.write(
                        rows.replacing("One year", with: "112").replacing("Two year", with: "124")
                            .replacing("Month-to-month", with: "101"), to: name)
                }
                try project.promoteGoodModel()
                try project.done("retrain", "churn")
                for version in ["churn@1", "churn@2"] {
                    let signature = try project.done("model", "show", version, "--json").json["signature"]
                    guard case .array(let inputs)? = signature?["inputs"] else { return }
                    let contract = inputs.first { $0["name"] == .string("contract") }
                    #expect(contract?["categories"] == .array(["101", "112", "124"].map(JSONValue.string)))
                }
            }
        }

        @Test func aVersionShowsWhichEngineRunsItAndWhyAnotherDoesNot() throws {
            try TelcoProject.with { project in
                try project.done("model", "push", "good.onnx", "--name", "churn")
                try project.done("model", "push", "pooled.onnx", "--name", "pooled")
                #expect(try project.done("model", "show", "churn@1").output.contains("- native: runs it\n"))
                #expect(try project.done("model", "show", "churn@1", "--json").json["engine"] == .string("native"))
                let shown = try project.done("model", "show", "pooled@1").output
                let reason = "node 'pool' (GlobalMaxPool): operator is not covered by the native engine"
                #expect(shown.contains("- native: does not run it\n  - \(reason)\n- onnxruntime: "))
                let document = try project.done("model", "show", "pooled@1", "--json").json
                #expect(document["engines"]?["native"] == .string("does not: \(reason)"))
            }
        }

        @Test func theAuditLogNamesWhoActed() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                var nameless = project
                nameless.environment = ["SLIPWAY_ACTOR": " ", "USER": "ada"]
                try nameless.done("model", "promote", "churn@1", "--to", "test")
                let audit = try project.done("model", "audit", "churn", "--json").json
                guard case .array(let entries)? = audit["entries"] else { return }
                #expect(entries.map { $0["actor"] } == ["ada", "tester", "tester"].map(JSONValue.string))
                #expect(entries.map { $0["action"] } == ["promote", "promote", "push"].map(JSONValue.string))
            }
        }

        @Test func commandsFindTheProjectFromAFolderBelowIt() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let below = TelcoProject(path: "\(project.path)/data", scratch: project.scratch)
                #expect(try below.done("model", "list").output.contains("churn@1"))
                let elsewhere = TelcoProject(path: project.scratch, scratch: project.scratch)
                #expect(try elsewhere.done("model", "list", "--project", project.path).output.contains("churn@1"))
                #expect(try elsewhere.refusal("model", "list").contains("slipway init"))
            }
        }

        @Test func everyCommandAnswersProgramsInJSON() throws {
            try TelcoProject.with { project in
                for (arguments, members) in Self.answers {
                    let outcome = try project.start(arguments + ["--json"]).wait()
                    let command = arguments.joined(separator: " ")
                    #expect(outcome.status == 0, "\(command): \(outcome.messages)")
                    let document = try outcome.json
                    for member in members { #expect(document[member] != nil, "\(command) gives no \(member)") }
                }
            }
        }

        /// Commands in an order that works, each with the members that programs need.
        private static let answers: [(arguments: [String], members: [String])] = [
            (["init", "another"], ["project", "folder", "created", "kept", "next"]),
            (["doctor"], ["version", "findings"]),
            (
                ["model", "push", "good.onnx", "--name", "churn", "--examples", "rows.csv", "--target", "churn"],
                ["model", "version", "digest", "created_at", "created_by", "new", "checks"]
            ),
            (["model", "check", "churn@1"], ["model", "version", "champion", "holds", "checks", "conditions"]),
            (
                ["model", "promote", "churn@1", "--to", "production"],
                ["version", "holds", "promoted", "forced", "checks", "conditions"]
            ),
            (
                ["model", "show", "churn@1"],
                ["version", "folder", "signature", "lineage", "metrics", "engines"]
            ),
            (["model", "list"], ["versions"]),
            (["model", "audit", "churn"], ["entries"]),
            (["score", "churn@1", "--from", "rows.csv", "--to", "out.csv"], ["rows", "engine", "to", "seconds"]),
            (
                ["bench", "churn@1", "--duration", "10ms"],
                [
                    "model", "engine", "us_per_row", "engine_us_per_row", "rows_per_second", "call_us", "load_seconds",
                    "batch", "threads", "callers", "calls", "rows",
                ]
            ),
            (
                ["data", "replicate", "customers"],
                ["view", "environment", "rows", "digest", "previous_rows", "unchanged", "seconds"]
            ),
            (["data", "list"], ["views", "snapshots", "damaged"]),
            (
                ["data", "snapshot", "churn"],
                [
                    "name", "reference", "digest", "rows", "unchanged", "removed", "train", "held_out",
                    "training_rows", "held_out_rows",
                ]
            ),
            (["data", "verify", "churn"], ["snapshots"]),
            (["data", "diff", "churn", "churn"], ["before", "after", "identical", "rows", "columns"]),
            (
                ["retrain", "churn"],
                ["model", "version", "promoted", "snapshot", "training_seconds", "conditions"]
            ),
            (["model", "rollback", "churn", "--in", "production"], ["model", "environment", "champion"]),
            (["feedback", "churn", "--from", "rows.csv"], ["accepted"]),
            (["monitor", "churn"], ["features", "accuracy"]),
            (["log", "show", "churn"], ["predictions"]),
            (["log", "export", "churn", "--to", "log.jsonl"], ["records", "torn_lines", "corrupt_lines", "to"]),
        ]

        @Test func theServerSaysItsAddressInJSON() throws {
            try TelcoProject.with { project in
                let server = try project.start(["serve", "--port", "0", "--json"])
                try server.wait(until: "the address") { server.outputSoFar.contains("\n") }
                let document = try JSONValue(parsing: Data(server.outputSoFar.utf8))
                #expect(document["environment"] == .string("production"))
                #expect(document["url"]?.asValue?.text.hasPrefix("http://127.0.0.1:") == true)
                server.signal(SIGTERM)
                #expect(try server.wait().status == 0)
            }
        }

        @Test func aFailureIsJSONForPrograms() throws {
            try TelcoProject.with { project in
                let outcome = try project.slipway("model", "show", "churn@1", "--json")
                #expect(outcome.status == 1)
                #expect(outcome.output == "")
                let document = try JSONValue(parsing: Data(outcome.messages.utf8))
                #expect(document["error"]?["code"] == .string("not_found"))
                #expect(document["error"]?["message"] == .string("there is no model 'churn'"))
            }
        }

        @Test(arguments: [
            ["model", "promote", "churn@1"], ["nonsense"], ["score", "churn@1"], ["serve", "--port", "70000"],
            ["model", "list", "--nonsense"], ["score", "a.onnx", "--from", "b", "--to", "-", "--json"],
        ])
        func wrongUsageEndsWith2AndSaysHow(arguments: [String]) throws {
            try TelcoProject.with { project in
                let outcome = try project.start(arguments).wait()
                #expect(outcome.status == 2)
                #expect(outcome.output == "")
                #expect(outcome.messages.contains("Usage: slipway"))
            }
        }

        @Test func helpIsAResult() throws {
            try TelcoProject.with { project in
                let outcome = try project.done("model", "push", "--help")
                #expect(outcome.output.contains("slipway model push churn.onnx --name churn"))
                #expect(outcome.messages == "")
                #expect(try project.done("--version").output.split(separator: ".").count == 3)
            }
        }
    }
}
