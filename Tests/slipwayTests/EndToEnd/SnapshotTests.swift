import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct SnapshotTests {
        /// The settings of a project with more at their end.
        private static func extend(_ project: TelcoProject, with text: String) throws {
            let settings = try #require(project.text(of: "slipway.yaml"))
            try project.write(settings + text, to: "slipway.yaml")
        }

        private static func addRow(_ number: Int, to project: TelcoProject) throws {
            let rows = try #require(project.text(of: "data/customers.csv"))
            try project.write(rows + "\(90_000 + number),1,One year,DSL,\(number).5,No\n", to: "data/customers.csv")
        }

        private static func references(_ project: TelcoProject, _ name: String = "churn") throws -> [String] {
            guard case .array(let list)? = try project.done("data", "list", name, "--json").json["snapshots"] else {
                return []
            }
            return list.compactMap { $0["reference"]?.asValue?.text }
        }

        @Test func aTrainingSetNeverSeesTheFutureAndIsFoundAgainFromTheModel() throws {
            let script = """
                cp "$SLIPWAY_SNAPSHOT" seen.csv
                cp good.onnx "$SLIPWAY_MODEL_OUTPUT"
                """
            try TelcoProject.with(train: script) { project in
                let settings = try #require(project.text(of: "slipway.yaml"))
                let ids = try CSVReader.table(contentsOf: "\(project.path)/data/customers.csv")["customer_id"]
                let customers = (0..<600).compactMap { ids?[$0].text }
                try project.write(
                    "customer_id,changed_at,offers\n"
                        + customers.map { "\($0),2026-01-01,1\n\($0),2026-03-01T00:00:00Z,2\n\($0),2026-03-02,3\n" }
                        .joined(), to: "data/offers.csv")
                let training = settings.replacing(
                    "data: { from: files, query: select * from customers }",
                    with: """
                        data:
                                from: files
                                query: "select *, case when customer_id % 2 = 0 then '2026-03-01' else '2026-02-28' \
                        end as observed_at from customers"
                                as_of: observed_at
                                join:
                                  - { query: select * from offers, key: customer_id, time: changed_at }
                        """)
                try #require(training != settings)
                try project.write(training, to: "slipway.yaml")
                let report = try project.done("retrain", "churn", "--json").json
                let seen = try CSVReader.table(contentsOf: "\(project.path)/seen.csv")
                #expect(seen.rowCount > 300)
                for row in 0..<seen.rowCount {
                    let isEven = seen["observed_at"]?[row].text == "2026-03-01"
                    #expect(seen["offers"]?[row] == .integer(isEven ? 2 : 1))
                }
                let reference = try #require(report["snapshot_reference"]?.asValue?.text)
                #expect(try Self.references(project) == [reference])
                let lineage = try project.done("model", "show", "churn", "--json").json["lineage"]
                #expect(lineage?["snapshot"] == .string(reference))
                #expect(try project.done("model", "show", "churn").output.contains("snapshot \(reference)"))
                let again = try project.done("retrain", "churn", "--snapshot", reference, "--json").json
                #expect(again["snapshot_reference"] == .string(reference))
            }
        }

        @Test func retentionKeepsTheNewestAndThoseThatModelsComeFrom() throws {
            try TelcoProject.with { project in
                try Self.extend(project, with: "snapshots: { churn: { keep: 2 } }\n")
                let trained = try project.done("retrain", "churn", "--json").json["snapshot_reference"]?.asValue?.text
                for number in 0..<3 {
                    try Self.addRow(number, to: project)
                    try project.done("data", "snapshot", "churn")
                }
                try Self.addRow(3, to: project)
                let last = try project.done("data", "snapshot", "churn", "--json").json
                guard case .array(let removed)? = last["removed"] else { return #expect(Bool(false), "\(last)") }
                #expect(removed.count == 1)
                let kept = try Self.references(project)
                #expect(kept.count == 3)
                #expect(kept.first == last["reference"]?.asValue?.text && kept.last == trained)
                try project.done("data", "verify")
            }
        }

        @Test func aDifferenceIsShownByColumn() throws {
            try TelcoProject.with { project in
                let first = try project.done("data", "snapshot", "churn", "--json").json["reference"]?.asValue?.text
                let refusal = try project.refusal("data", "diff", "churn")
                #expect(refusal.contains("is the first of its name"))
                let rows = try #require(project.text(of: "data/customers.csv"))
                let lines = rows.split(separator: "\n")
                let wider = ["\(lines[0]),region"] + lines.dropFirst().map { "\($0),north" }
                try project.write(
                    wider.joined(separator: "\n").replacing("DSL", with: "Satellite") + "\n", to: "data/customers.csv")
                try project.done("data", "snapshot", "churn")
                let document = try project.done("data", "diff", #require(first), "churn", "--json").json
                guard case .array(let columns)? = document["columns"] else { return #expect(Bool(false)) }
                func column(_ name: String) -> JSONValue? { columns.first { $0["name"] == .string(name) } }
                #expect(column("region")?["change"] == .string("added"))
                #expect(column("tenure")?["change"] == .string("same"))
                #expect(column("internet_service")?["new_categories"] == .array([.string("Satellite")]))
                #expect(column("internet_service")?["lost_categories"] == .array([.string("DSL")]))
                #expect(column("internet_service")?["drift"]?["verdict"] == .string("drifted"))
                let text = try project.done("data", "diff", "churn").output
                #expect(text.contains("region") && text.contains("Satellite") && text.contains("drifted"))
            }
        }

        @Test func aChangedByteIsToldByWhoeverReadsIt() throws {
            try TelcoProject.with { project in
                let folder = try #require(
                    try project.done("data", "snapshot", "churn", "--json").json["folder"]?.asValue?.text)
                let healthy = try project.done("data", "verify", "churn")
                #expect(healthy.output.contains("intact, 600 rows"))
                let file = URL(filePath: "\(folder)/data.parquet")
                var bytes = try Data(contentsOf: file)
                bytes[bytes.count / 2] ^= 1
                try bytes.write(to: file)
                let verified = try project.slipway("data", "verify")
                #expect(verified.status == 1 && verified.output.contains("damaged"))
                for command in [
                    ["data", "snapshot", "churn"], ["data", "diff", "churn", "churn"], ["retrain", "churn"],
                ] {
                    let outcome = try project.start(command).wait()
                    #expect(outcome.status == 1 && outcome.messages.contains("is damaged"), "\(outcome.messages)")
                }
            }
        }

        @Test func aManifestNamesTheSourceAndNoSecret() throws {
            try TelcoProject.with { project in
                var project = project
                project.environment["WAREHOUSE_FOLDER"] = "data"
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing("path: data }", with: "path: \"${WAREHOUSE_FOLDER}\" }"), to: "slipway.yaml")
                let document = try project.done("data", "snapshot", "customers", "--json").json
                let folder = try #require(document["folder"]?.asValue?.text)
                let manifest = try String(contentsOfFile: "\(folder)/manifest.json", encoding: .utf8)
                #expect(manifest.contains("\"source\": \"files\"") && manifest.contains("\"source_type\": \"csv\""))
                #expect(!manifest.contains("WAREHOUSE_FOLDER") && !manifest.contains("\"data\""))
            }
        }

        @Test func aQueryWithoutRowsIsNoSnapshot() throws {
            try TelcoProject.with { project in
                try Self.extend(
                    project,
                    with: "snapshots: { none: { from: files, query: select * from customers where tenure > 999 } }\n")
                #expect(try project.refusal("data", "snapshot", "none").contains("returned no rows"))
                #expect(project.names(in: ".slipway/snapshots").isEmpty)
            }
        }

        @Test(arguments: [0, 40, 80, 160, 320])
        func aKilledSnapshotLeavesNoneOrAWholeOne(milliseconds: UInt32) throws {
            try TelcoProject.with { project in
                let rows = (0..<60_000).map { "\($0),\($0 % 70),One year,DSL,\($0 % 90).5,No\n" }.joined()
                try project.write(
                    "customer_id,tenure,contract,internet_service,monthly_charges,churn\n" + rows,
                    to: "data/customers.csv")
                let taking = try project.start(["data", "snapshot", "customers"])
                try taking.wait(until: "it begins to write") {
                    !project.names(in: ".slipway/snapshots/customers").isEmpty
                }
                usleep(milliseconds * 1_000)
                taking.signal(SIGKILL)
                _ = try taking.wait()
                let found = try Self.references(project, "customers")
                #expect(found.count <= 1)
                try project.done("data", "verify")
                let again = try project.done("data", "snapshot", "customers", "--json").json
                #expect(again["rows"] == .integer(60_000))
                let names = project.names(in: ".slipway/snapshots/customers")
                #expect(names.count == 3 && !names.contains { $0.hasPrefix(".incoming") }, "\(names)")
            }
        }
    }
}
