import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct SourceTests {
        /// Where nobody listens.
        private static let away = "url: http://127.0.0.1:1/, tables: { customers: { path: /customers } }, retries: 0"

        @Test func aViewIsKeptWhenItsSourceIsAwayAndStaleRowsWillDo() throws {
            try TelcoProject.with { project in
                let before = try project.done("data", "replicate", "customers", "--json").json
                try project.setSource("{ type: http, \(Self.away), on_failure: stale }")
                let kept = try project.done("data", "replicate", "customers")
                #expect(kept.output.contains("rows in production are kept"))
                #expect(kept.messages.contains("source 'files': GET /customers, page 1 of 'customers'"))
                #expect(kept.messages.contains("(query: select customer_id"))
                let document = try project.done("data", "replicate", "customers", "--json").json
                #expect(document["stale"] == .boolean(true))
                #expect(document["digest"] == before["digest"])
                try project.setSource("{ type: http, \(Self.away) }")
                #expect(try project.refusal("data", "replicate", "customers").contains("could not be fetched"))
            }
        }

        @Test func rowsThatAreTooOldOrAQueryThatIsWrongAreNotKept() throws {
            try TelcoProject.with { project in
                try project.done("data", "replicate", "customers")
                try project.setSource("{ type: csv, path: absent, on_failure: stale }")
                try project.refusal("data", "replicate", "customers")
                try project.setSource("{ type: http, \(Self.away), on_failure: stale }")
                try project.change("    key: customer_id\n", to: "    key: customer_id\n    max_age: 1ms\n")
                try project.refusal("data", "replicate", "customers")
            }
        }

        @Test func theSameRowsComeFromAFolderByBothWays() throws {
            try TelcoProject.with { project in
                let plain = try project.done("data", "replicate", "customers", "--json").json
                try project.setSource("{ type: files, path: data }")
                let through = try project.done("data", "replicate", "customers", "--json").json
                #expect(through["digest"] == plain["digest"])
                #expect(through["unchanged"] == .boolean(true))
            }
        }

        @Test func theDoctorMissesALibraryThatASourceNeeds() throws {
            try TelcoProject.with { project in
                var project = project
                project.environment["SLIPWAY_DUCKDB"] = "/absent/libduckdb.so"
                try project.done("doctor")
                try project.setSource("{ type: files, path: data }")
                let outcome = try project.slipway("doctor")
                #expect(outcome.status == 1)
                #expect(outcome.output.contains("broken"))
                let refusal = try project.refusal("data", "replicate", "customers")
                #expect(refusal.contains("source 'files': SLIPWAY_DUCKDB names '/absent/libduckdb.so'"))
            }
        }

        @Test func rowsThatDoNotParseAreListedInTheQuarantine() throws {
            try TelcoProject.with { project in
                let rows = try #require(project.text(of: "data/customers.csv"))
                try project.write(rows + "broken\n", to: "data/customers.csv")
                try project.setSource("{ type: csv, path: data, bad_rows: { at_most: 1% } }")
                let outcome = try project.done("data", "replicate", "customers", "--json").json
                #expect(outcome["rows"] == .integer(Int64(rows.split(separator: "\n").count - 1)))
                let listed = try #require(project.text(of: ".slipway/quarantine/files/customers.csv"))
                #expect(listed.contains("the record has 1 fields"))
                try project.setSource("{ type: csv, path: data, bad_rows: { at_most: 0% } }")
                let refusal = try project.refusal("data", "replicate", "customers")
                #expect(refusal.contains("customers.csv:"))
                #expect(refusal.contains("rows do not parse"))
            }
        }
    }
}

extension TelcoProject {
    /// Describes the source `files` anew.
    fileprivate func setSource(_ description: String) throws {
        let settings = try #require(text(of: "slipway.yaml"))
        let lines = settings.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("  files:") ? "  files: \(description)" : String(line)
        }
        try #require(lines.contains("  files: \(description)"))
        try write(lines.joined(separator: "\n"), to: "slipway.yaml")
    }

    /// Replaces a part of the project file.
    fileprivate func change(_ old: String, to new: String) throws {
        let settings = try #require(text(of: "slipway.yaml"))
        let changed = settings.replacing(old, with: new)
        try #require(changed != settings)
        try write(changed, to: "slipway.yaml")
    }
}
