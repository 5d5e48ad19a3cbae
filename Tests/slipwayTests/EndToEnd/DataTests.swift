import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct DataTests {
        @Test(arguments: [
            ("customer_id,tenure,contract,monthly_charges\n1,2,One year,3\n", "internet_service"),
            ("customer_id,tenure,contract,internet_service,monthly_charges\n1,2,One year,DSL\n", "customers.csv:2:"),
            ("", "customers.csv:1:"),
            (
                "customer_id,tenure,contract,internet_service,monthly_charges\n7,2,One year,DSL,3\n7,3,One year,DSL,4\n",
                "7"
            ),
            ("customer_id,tenure,contract,internet_service,monthly_charges\n,2,One year,DSL,3\n", "customer_id"),
        ])
        func rowsThatCannotBeReplicatedLeaveTheOnesThatServe(rows: String, message: String) throws {
            try TelcoProject.with { project in
                try project.done("data", "replicate", "customers")
                let before = try Self.views(project)
                try project.write(rows, to: "data/customers.csv")
                let refusal = try project.refusal("data", "replicate", "customers")
                #expect(refusal.contains(message), "\(refusal)")
                #expect(try Self.views(project) == before)
            }
        }

        @Test func theSameRowsGiveTheSameSnapshot() throws {
            try TelcoProject.with { project in
                let document = try project.done("data", "snapshot", "churn", "--json").json
                let second = try project.done("data", "snapshot", "churn", "--json").json
                #expect([document["unchanged"], second["unchanged"]] == [.boolean(false), .boolean(true)])
                #expect(document["digest"] == second["digest"] && document["train"] == second["train"])
                #expect(project.names(in: ".slipway/snapshots") == ["churn"])
                let train = try CSVReader.table(contentsOf: #require(document["train"]?.asValue?.text))
                let heldOut = try CSVReader.table(contentsOf: #require(document["held_out"]?.asValue?.text))
                #expect(train.rowCount + heldOut.rowCount == 600)
                #expect(document["training_rows"] == .integer(Int64(train.rowCount)))
            }
        }

        @Test func aSnapshotWithoutTheTargetIsRefused() throws {
            try TelcoProject.with { project in
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing(
                        "select * from customers", with: "\"select customer_id, tenure from customers\""),
                    to: "slipway.yaml")
                let refusal = try project.refusal("data", "snapshot", "churn")
                #expect(refusal.contains("no column 'churn'"))
                #expect(project.names(in: ".slipway/snapshots") == [])
            }
        }

        @Test(arguments: [
            ("id,actual\n1,Yes,No\n", "labels.csv:2:"), ("id\n1\n", "'actual' or 'churn'"),
            ("actual\nYes\n", "customer_id"), ("customer_id,churn\n1001,Yes\n1002,\n", "line 3"), ("", "labels.csv:1:"),
        ])
        func outcomesThatCannotBeReadKeepNone(labels: String, message: String) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write("customer_id,churn\n1001,Yes\n", to: "good.csv")
                try project.done("feedback", "churn", "--from", "good.csv")
                try project.write(labels, to: "labels.csv")
                let refusal = try project.refusal("feedback", "churn", "--from", "labels.csv")
                #expect(refusal.contains(message), "\(refusal)")
                let report = try project.done("monitor", "churn", "--json").json
                #expect(report["accuracy"]?["feedback"]?["received"] == .integer(1))
            }
        }

        @Test func theDoctorFindsABrokenProject() throws {
            try TelcoProject.with { project in
                let healthy = try project.done("doctor")
                #expect(healthy.output.contains("telco in \(project.path)"))
                try project.write("project: [", to: "slipway.yaml")
                let outcome = try project.slipway("doctor")
                #expect(outcome.status == 1)
                #expect(outcome.output.contains("broken"))
            }
        }

        @Test func aCopyOlderThanTheViewAllowsIsCalledStale() throws {
            try TelcoProject.with { project in
                try project.done("data", "replicate", "customers")
                #expect(try !project.done("data", "list").output.contains("stale"))
                let settings = try #require(project.text(of: "slipway.yaml"))
                let aged = settings.replacing(
                    "    key: customer_id\n", with: "    key: customer_id\n    max_age: 1ms\n")
                try #require(aged != settings)
                try project.write(aged, to: "slipway.yaml")
                #expect(try project.done("data", "list").output.contains("stale"))
            }
        }

        private static func views(_ project: TelcoProject) throws -> [String?] {
            guard case .array(let views)? = try project.done("data", "list", "--json").json["views"] else { return [] }
            return views.flatMap { view in ["view", "rows", "digest"].map { view[$0]?.asValue?.text } }
        }
    }
}
