import Foundation
import SlipwayData
import SlipwayTesting
import Testing

extension EndToEnd {
    /// A batch whose answers the API gives, from the table over the view to the caller.
    @Suite(.serialized) struct StoredPredictionTests {
        private static let score = [
            "score", "churn", "--from", "files#customers", "--to", "warehouse#scores", "--keep", "customer_id",
        ]

        private func extend(_ project: TelcoProject) throws {
            let settings = try #require(project.text(of: "slipway.yaml"))
            let view = """
                features:
                  scores: { from: warehouse, query: select * from scores, key: customer_id, max_age: 1h }

                """
            try project.write(
                settings.replacing("features:\n", with: view)
                    .replacing("  churn:\n", with: "  churn:\n    predictions: scores\n"), to: "slipway.yaml")
        }

        private func done(_ project: TelcoProject, _ arguments: [String]) throws {
            let outcome = try project.start(arguments).wait()
            #expect(outcome.status == 0, "\(outcome.messages)")
        }

        @Test(arguments: WrittenDatabase.allCases)
        func theNewestAnswerOfABatchIsServed(kind: WrittenDatabase) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let source = try kind.add(to: project)
                try extend(project)
                try done(project, Self.score)
                #expect(try project.refusal("data", "replicate", "scores").contains("no column 'model_version'"))
                // Each night adds its answers, of which the newest ones are served.
                try done(project, Self.score + ["--stamp", "--mode", "replace"])
                try done(project, Self.score + ["--stamp", "--mode", "append", "--key", "customer_id,scored_at"])
                let times = try source.waited("select distinct scored_at from scores order by scored_at")["scored_at"]
                let report = try project.done("data", "replicate", "scores", "--json").json
                #expect(report["rows"] == .integer(600))
                try project.done("data", "replicate", "customers")
                try RunningServer.with(project) { server in
                    let answer = try server.request("GET", "/models/churn/predictions/1003")
                    #expect(answer.status == 200)
                    let stored = try answer.json
                    #expect(stored["version"] == .integer(1) && stored["key"] == .integer(1003))
                    #expect(stored["scored_at"]?.asValue?.text == times?[1].text)
                    let live = try server.prediction(customer: 1003)
                    #expect(stored["answer"]?["label"] == live["prediction"])
                    let (old, new) = (stored["answer"]?["probabilities_1"], live["probabilities"]?["Yes"])
                    let difference = (old?.asValue?.asNumber ?? 0) - (new?.asValue?.asNumber ?? 1)
                    #expect(abs(difference) < 1e-6)
                    #expect(try server.request("GET", "/models/churn/predictions/7").status == 404)
                }
            }
        }

        @Test func anAnswerComputedInsideTheDatabaseSaysWhoMadeItToo() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let source = try WrittenDatabase.sqlite.add(to: project)
                try done(
                    project,
                    [
                        "score", "churn", "--from", "files#customers", "--to", "warehouse#customers", "--keep",
                        "all",
                    ])
                try done(
                    project,
                    [
                        "score", "churn@1", "--from", "warehouse#customers", "--to", "warehouse#scores", "--keep",
                        "customer_id", "--stamp", "--engine", "sql",
                    ])
                let scores = try source.waited("select * from scores")
                #expect(scores.names.suffix(2) == ["model_version", "scored_at"] && scores.rowCount == 600)
                #expect(scores["model_version"]?[0] == .integer(1))
            }
        }

        @Test func onlyAVersionCanBeStamped() throws {
            try TelcoProject.with { project in
                let words = try project.refusal(
                    "score", "good.onnx", "--from", "rows.csv", "--to", "out.csv", "--stamp")
                #expect(words.contains("is no version of the registry"))
                #expect(project.text(of: "out.csv") == nil)
            }
        }

        @Test func oneSnapshotIsGivenToTwoEnvironmentsAndProvenEqual() throws {
            try TelcoProject.with { project in
                var project = project
                let server = try PostgreSQLServer.shared.get()
                let name = "s\(UUID().uuidString.prefix(8).lowercased())"
                try server.run("create database \(name)")
                project.environment["STORE"] = server.url(of: name)
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing("production: { store: sqlite }", with: "production: { store: \"${STORE}\" }"),
                    to: "slipway.yaml")
                let digest = try #require(
                    try project.done("data", "snapshot", "customers", "--json").json["digest"]?.asValue?.text)
                let reference = "customers@\(digest.prefix(12))"
                // The source goes on; the snapshot does not.
                let rows = try #require(project.text(of: "data/customers.csv"))
                try project.write(rows + "90001,1,One year,DSL,5.5,No\n", to: "data/customers.csv")
                for environment in ["test", "production"] {
                    let report = try project.done(
                        "data", "replicate", "customers", "--to", environment, "--snapshot", reference, "--json"
                    ).json
                    #expect(report["digest"]?.asValue?.text == digest)
                    #expect(report["snapshot"]?.asValue?.text == "customers@\(digest)")
                }
                let both = ["--in", "test", "--in", "production"]
                let verdict = try project.start(["data", "verify", reference] + both).wait()
                #expect(verdict.status == 0, "\(verdict.messages)")
                #expect(
                    verdict.output.contains("customers in production: equal, 600 rows, replicated from \(reference)"))
                try project.done("data", "compare", "customers")
                // Retention keeps what an environment serves.
                try project.done("data", "replicate", "customers", "--to", "test")
                let differing = try project.start(["data", "verify", reference, "--json"] + both).wait()
                #expect(differing.status == 1)
                guard case .array(let snapshots)? = try differing.json["snapshots"],
                    case .array(let copies)? = snapshots.first?["copies"]
                else { throw POSIXError(.EINVAL) }
                #expect(copies.map { $0["equal"] } == [.boolean(false), .boolean(true)])
                try server.run(
                    "update \"slipway:telco:production\".fv_customers_1 set c1 = c1 + 1 where n = 5", in: name)
                let changed = try project.start(["data", "verify", reference, "--in", "production"]).wait()
                #expect(changed.status == 1 && changed.output.contains("another digest"), "\(changed.output)")
            }
        }

        @Test func aSnapshotThatLaysOpenWhatTheViewCoversIsRefused() throws {
            try TelcoProject.with { project in
                try project.done("data", "snapshot", "customers")
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing(
                        "    key: customer_id\n", with: "    key: customer_id\n    privacy: { contract: hash }\n"),
                    to: "slipway.yaml")
                let words = try project.refusal("data", "replicate", "customers", "--snapshot", "customers")
                #expect(
                    words.contains("has not covered 'contract'") && words.contains("slipway data snapshot customers"))
                try project.done("data", "snapshot", "customers")
                try project.done("data", "replicate", "customers", "--snapshot", "customers")
            }
        }
    }
}
