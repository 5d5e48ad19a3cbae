import Foundation
import SlipwayData
import SlipwaySQL
import Testing

extension EndToEnd {
    struct ContentionTests {
        @Test(arguments: 1...4)
        func theSameModelPushedTwiceAtOnceIsOneVersion(round: Int) throws {
            try TelcoProject.with { project in
                let push = ["model", "push", "good.onnx", "--name", "churn", "--examples", "rows.csv", "--json"]
                let outcomes = try [project.start(push), project.start(push)].map { try $0.wait() }
                for outcome in outcomes {
                    #expect(outcome.status == 0, "\(outcome.messages)")
                    #expect(try outcome.json["version"] == .integer(1))
                }
                #expect(try Set(outcomes.map { try $0.json["new"] == .boolean(true) }) == [true, false])
                #expect(project.names(in: ".slipway/packages").count == 1)
                try project.done("model", "check", "churn@1")
            }
        }

        @Test(arguments: 1...4)
        func differentModelsPushedAtOnceAreVersionsOfTheirOwn(round: Int) throws {
            try TelcoProject.with { project in
                let files = ["good.onnx", "other.onnx", "weak.onnx"]
                let outcomes = try files.map {
                    try project.start(["model", "push", $0, "--name", "churn", "--examples", "rows.csv", "--json"])
                }.map { try $0.wait() }
                for outcome in outcomes { #expect(outcome.status == 0, "\(outcome.messages)") }
                let numbers = try outcomes.map { try #require($0.json["version"]?.asValue?.asNumber) }
                #expect(numbers.sorted() == [1, 2, 3])
                for (outcome, file) in zip(outcomes, files) {
                    let digest = try #require(outcome.json["digest"]?.asValue?.text)
                    let kept = project.text(of: ".slipway/packages/\(digest)/lineage.json")
                    #expect(kept?.contains("\"\(file)\"") == true)
                }
            }
        }

        @Test func promotionsAtOnceLeaveOneChampionAndAWholeAuditLog() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
                let outcomes = try ["churn@2", "churn@1", "churn@2"].map {
                    try project.start(["model", "promote", $0, "--to", "production"])
                }.map { try $0.wait() }
                for outcome in outcomes where outcome.status != 0 {
                    #expect(outcome.messages.contains("somebody else changed churn"), "\(outcome.messages)")
                }
                #expect(outcomes.contains { $0.status == 0 })
                try project.done("model", "check", "churn")
            }
        }

        @Test func aRegistryThatSomebodyElseLocksIsReadButNotWritten() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                let database = try SQLiteDatabase(path: "\(project.path)/.slipway/registry.db")
                try database.write { _ in
                    try project.done("model", "list")
                    try project.done("score", "churn", "--from", "rows.csv", "--to", "out.csv")
                    let refusal = try project.refusal(
                        "model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
                    #expect(refusal.contains("locked"), "\(refusal)")
                }
                let after = try project.registryState()
                // A package that no version names may stay: it is whole, and a later push of it uses it.
                #expect(after.prefix(2) == before.prefix(2))
                #expect(
                    try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv").output
                        .hasPrefix("churn@2 registered"))
            }
        }

        @Test func aServingStoreThatSomebodyElseLocksKeepsItsRows() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                let rows = try #require(project.text(of: "data/customers.csv"))
                try project.write(
                    rows.split(separator: "\n").prefix(100).joined(separator: "\n"), to: "data/customers.csv")
                try RunningServer.with(project) { server in
                    let database = try SQLiteDatabase(path: "\(project.path)/.slipway/production.db")
                    try database.write { _ in
                        #expect(try server.prediction(customer: 1500)["prediction"] != nil)
                        let refusal = try project.refusal("data", "replicate", "customers")
                        #expect(refusal.contains("locked"), "\(refusal)")
                    }
                    #expect(try server.prediction(customer: 1500)["prediction"] != nil)
                    try project.done("data", "replicate", "customers")
                    #expect(try server.request("GET", "/models/churn/predict?customer_id=1500").status == 404)
                }
            }
        }
    }
}
