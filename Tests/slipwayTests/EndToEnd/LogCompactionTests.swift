import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// Old days of the log become Parquet files, and nothing is lost on the way.
    struct LogCompactionTests {
        private static let logFolder = ".slipway/log/production/churn"
        private static let names = [
            "20200101T000000000Z-20200101T010000000Z", "20200101T030000000Z-20200101T040000000Z",
            "20200102T000000000Z-20200102T010000000Z",
        ].map { "\($0)-0000000001-0000000000000001.predictions" }

        /// Gives a project a log of old days: real records, under names of long ago.
        private static func age(_ project: TelcoProject, copies: Int) throws {
            let folder = "\(project.path)/\(logFolder)"
            let segment = try #require(project.names(in: logFolder).first { $0.hasSuffix(".predictions") })
            let lines = try Data(contentsOf: URL(filePath: "\(folder)/\(segment)"))
            for name in names {
                let content = (0..<copies).reduce(into: Data()) { content, _ in content.append(lines) }
                try content.write(to: URL(filePath: "\(folder)/\(name)"))
            }
        }

        private static func exported(_ project: TelcoProject) throws -> [String] {
            try project.done("log", "export", "churn", "--to", "log.jsonl")
            return try #require(project.text(of: "log.jsonl")).split(separator: "\n").map(String.init).sorted()
        }

        private static func withOldLog(
            copies: Int = 1, predictions: Int = 3, _ body: (TelcoProject) throws -> Void
        ) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                try RunningServer.with(project) { server in
                    for _ in 0..<predictions { _ = try server.prediction(customer: 1003) }
                }
                try age(project, copies: copies)
                try body(project)
            }
        }

        @Test func everyCommandReadsBothKinds() throws {
            try Self.withOldLog { project in
                let before = try Self.exported(project)
                let monitor = try project.done("monitor", "churn", "--json").output
                let trial = try project.done("log", "compact", "--dry-run", "--json").json
                #expect(trial["due_segments"] == .integer(3) && trial["files"] == .integer(0))
                let compacted = try project.done("log", "compact").output
                #expect(compacted.contains("3 segments with 9 predictions"), "\(compacted)")
                #expect(compacted.contains("2 Parquet files"), "\(compacted)")
                let names = project.names(in: Self.logFolder)
                #expect(names.count { $0.hasSuffix(".predictions.parquet") } == 2)
                #expect(names.count { $0.hasSuffix(".predictions") } == 1)
                #expect(try Self.exported(project) == before)
                #expect(try project.done("monitor", "churn", "--json").output == monitor)
                guard case .array(let shown)? = try project.done("log", "show", "churn", "--json").json["predictions"]
                else { return }
                #expect(shown.count == 12)
                #expect(try project.done("log", "prune", "--json").json["kept"]?["segments"] == .integer(3))
                #expect(try project.done("log", "compact").output.contains("Nothing was compacted"))
            }
        }

        @Test func aKillAtAnyTimeLosesNothingAndDoublesNothing() throws {
            try Self.withOldLog(copies: 80) { project in
                let before = try Self.exported(project)
                for milliseconds in [60, 150, 250, 350, 500, 700] {
                    let process = try project.start(["log", "compact"])
                    Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
                    process.signal(SIGKILL)
                    _ = try process.wait()
                    #expect(try Self.exported(project) == before, "killed after \(milliseconds) ms")
                }
                try project.done("log", "compact")
                #expect(try Self.exported(project) == before)
                #expect(project.names(in: Self.logFolder).count { $0.hasSuffix(".predictions") } == 1)
                #expect(!project.names(in: Self.logFolder).contains { $0.hasSuffix(".sources") })
            }
        }

        @Test func withoutDuckDBTheLogStaysAndTheReasonIsSaid() throws {
            try Self.withOldLog { project in
                var bare = project
                bare.environment["SLIPWAY_DUCKDB"] = "/nowhere/libduckdb.so"
                let before = try Self.exported(bare)
                let refusal = try bare.start(["log", "compact"]).wait()
                #expect(refusal.status == 1 && refusal.messages.contains("/nowhere/libduckdb.so"))
                #expect(refusal.output.contains("3 segments cannot be compacted"))
                #expect(try Self.exported(bare) == before)
                try project.done("log", "compact")
                #expect(try bare.refusal("log", "show", "churn").contains("DuckDB"))
                #expect(try Self.exported(project) == before)
            }
        }
    }
}
