import Foundation
import SlipwayData
import SlipwayDuckDB
import Testing

extension EndToEnd {
    /// Jobs in parts, which go on where they were killed, and folders of partitions.
    struct ScorePartsTests {
        private static let rowCount = 30_000

        /// A project with a promoted model and many rows, as Parquet and as CSV.
        private func with(_ body: (TelcoProject) throws -> Void) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let text = try #require(project.text(of: "rows.csv"))
                let rows = try CSVReader.table(parsing: Array(text.utf8), file: "rows.csv")
                let many = try Table(
                    columns: [Column(name: "number", values: .integers((0..<Self.rowCount).map { Int64($0) }))]
                        + rows.selecting(rows: (0..<Self.rowCount).map { $0 % rows.rowCount }).columns)
                var isGiven = false
                try DuckDBParquet().write(
                    many.columns.map { ParquetColumn($0.name, .values($0.type)) }, to: "\(project.path)/many.parquet"
                ) { () throws(DataError) in
                    defer { isGiven = true }
                    return isGiven ? nil : many
                }
                try CSVWriter.write(many, to: "\(project.path)/many.csv")
                try body(project)
            }
        }

        private func command(_ source: String, _ destination: String, _ options: [String] = []) -> [String] {
            ["score", "churn", "--from", source, "--to", destination, "--keep", "number,contract"] + options
        }

        private static let parts = ["--resume", "--part-rows", "3000"]

        private func records(_ folder: String) -> Int {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.count { $0.hasPrefix("part-") && $0.hasSuffix(".json") }
        }

        /// Kills runs of a command once so many parts are done.
        private func kill(_ command: [String], of project: TelcoProject, at counts: [Int], in folder: String) throws {
            for count in counts {
                let process = try project.start(command)
                while process.isRunning, records("\(project.path)/\(folder)") < count {
                    Thread.sleep(forTimeInterval: 0.002)
                }
                process.signal(SIGKILL)
                let outcome = try process.wait()
                #expect(outcome.isSignalled, "\(outcome.messages)")
                #expect(records("\(project.path)/\(folder)") >= count)
            }
        }

        private func bytes(_ name: String, _ project: TelcoProject) -> Data? {
            FileManager.default.contents(atPath: "\(project.path)/\(name)")
        }

        private func inode(_ path: String) -> UInt64? {
            try? FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64
        }

        @Test(arguments: [
            ("many.parquet", "parquet"), ("many.parquet", "csv"), ("many.csv", "jsonl"), ("many.csv", "csv"),
        ])
        func aJobThatIsKilledGoesOnAndEndsAsOneThatWasNot(source: String, ending: String) throws {
            try with { project in
                try project.write("the old result", to: "scores.\(ending)")
                let command = command(source, "scores.\(ending)", Self.parts)
                let folder = "scores.\(ending).slipway-job"
                try kill(command, of: project, at: [1, 3], in: folder)
                #expect(project.text(of: "scores.\(ending)") == "the old result")
                let first = inode("\(project.path)/\(folder)/part-00000.\(ending)")
                #expect(first != nil)
                try kill(command, of: project, at: [5], in: folder)
                // What was done is not done again.
                #expect(inode("\(project.path)/\(folder)/part-00000.\(ending)") == first)

                let outcome = try project.start(command + ["--json"]).wait()
                #expect(try outcome.json["rows"] == .integer(Int64(Self.rowCount)), "\(outcome.messages)")
                let whole = try project.start(self.command(source, "whole.\(ending)", Self.parts)).wait()
                #expect(whole.status == 0, "\(whole.messages)")
                #expect(bytes("scores.\(ending)", project) == bytes("whole.\(ending)", project))
                #expect(!FileManager.default.fileExists(atPath: "\(project.path)/\(folder)"))
                if ending != "parquet" {
                    // Texts are those of a job without parts, too.
                    let plain = try project.start(self.command(source, "plain.\(ending)")).wait()
                    #expect(plain.status == 0, "\(plain.messages)")
                    #expect(bytes("plain.\(ending)", project) == bytes("whole.\(ending)", project))
                }
            }
        }

        @Test(arguments: WrittenDatabase.allCases)
        func aTableHasEachRowOnceHoweverOftenItsJobWasKilled(kind: WrittenDatabase) throws {
            try with { project in
                let source = try kind.add(to: project)
                let options = Self.parts + ["--mode", "merge", "--key", "number"]
                let command = command("many.parquet", "warehouse#scores", options)
                try kill(command, of: project, at: [2, 6], in: ".slipway/score/warehouse#scores.slipway-job")
                for _ in 0..<2 {
                    let outcome = try project.start(command).wait()
                    #expect(outcome.status == 0, "\(outcome.messages)")
                    let counted = try source.waited(
                        "select count(*) as n, count(distinct number) as d, min(number) as a, max(number) as b from scores"
                    )
                    let count = Int64(Self.rowCount)
                    #expect(counted.row(0) == [.integer(count), .integer(count), .integer(0), .integer(count - 1)])
                }
            }
        }

        @Test func partsOfAnotherJobAreRefusedUntilTheyAreGivenUp() throws {
            try with { project in
                let command = command("many.csv", "scores.csv", Self.parts)
                try kill(command, of: project, at: [2], in: "scores.csv.slipway-job")
                for (options, name) in [(["--strict"], "strict"), (["--explain", "1"], "explain")] {
                    let outcome = try project.start(command + options).wait()
                    #expect(outcome.status == 1)
                    #expect(outcome.messages.contains("another job: its \(name) is"), "\(outcome.messages)")
                }
                let text = try #require(project.text(of: "many.csv"))
                try project.write(text + "\(text.split(separator: "\n")[1])\n", to: "many.csv")
                let changed = try project.start(command).wait()
                #expect(changed.status == 1 && changed.messages.contains("its files is"), "\(changed.messages)")
                try project.done("score", "churn", "--from", "many.csv", "--to", "scores.csv")
                #expect(try CSVReader.table(contentsOf: "\(project.path)/scores.csv").rowCount == Self.rowCount + 1)
            }
        }

        @Test func badRowsOfAllPartsAreListedTogetherAndCountTogether() throws {
            try with { project in
                var lines = try #require(project.text(of: "many.csv")).split(separator: "\n").map(String.init)
                for line in [10, 9_000, 20_000] { lines[line] = "odd" }
                try project.write(lines.joined(separator: "\n") + "\n", to: "many.csv")
                let few = ["--bad-rows", "0.01%"]
                try kill(
                    command("many.csv", "scores.csv", Self.parts + few), of: project, at: [4],
                    in: "scores.csv.slipway-job")
                let outcome = try project.start(command("many.csv", "scores.csv", Self.parts + few + ["--json"])).wait()
                #expect(try outcome.json["bad_rows"] == .integer(3), "\(outcome.messages)")
                let list = try CSVReader.table(contentsOf: "\(project.path)/scores.csv.bad-rows.csv")
                #expect(list["line"]?.asNumbers == [11, 9_001, 20_001])
                let tooFew = try project.start(
                    command("many.csv", "scores.csv", Self.parts + ["--bad-rows", "0.001%"])
                ).wait()
                #expect(tooFew.status == 1 && tooFew.messages.contains("3 of 30000 rows"), "\(tooFew.messages)")
            }
        }

        /// The rows of each file of a folder of partitions.
        private func partitions(_ folder: String, ending: String) throws -> [String: [Double]] {
            var rows: [String: [Double]] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasPrefix("_") {
                let file = "\(folder)/\(name)/part-0.\(ending)"
                let columns = [ParquetColumn("number", .values(.integer)), ParquetColumn("label", .values(.string))]
                let batches = ending == "csv" ? nil : try DuckDBParquet().batches(of: file, columns: columns, in: nil)
                if ending == "csv" { rows[name] = try CSVReader.table(contentsOf: file)["number"]?.asNumbers }
                while let batch = try batches?.next() { rows[name, default: []] += batch["number"]?.asNumbers ?? [] }
            }
            return rows
        }

        @Test(arguments: ["parquet", "csv"])
        func aFolderHasAFolderForEachValueAndIsReplacedAtOnce(format: String) throws {
            try with { project in
                let folder = "\(project.path)/scores"
                let options = ["--partition-by", "contract", "--partition-format", format]
                let command = command("many.parquet", "scores/", options)
                let outcome = try project.start(command + ["--json"]).wait()
                #expect(try outcome.json["rows"] == .integer(Int64(Self.rowCount)), "\(outcome.messages)")
                let first = try partitions(folder, ending: format)
                #expect(Set(first.keys) == ["contract=Month-to-month", "contract=One%20year", "contract=Two%20year"])
                #expect(first.values.allSatisfy { $0 == $0.sorted() })
                #expect(first.values.flatMap { $0 }.sorted() == (0..<Self.rowCount).map(Double.init))

                // A run that is killed, wherever it is, leaves the folder as it was.
                for wait in 1...4 {
                    let process = try project.start(self.command("many.csv", "scores", options))
                    Thread.sleep(forTimeInterval: 0.15 * Double(wait))
                    process.signal(SIGKILL)
                    _ = try process.wait()
                    #expect(try partitions(folder, ending: format) == first)
                }
                try kill(
                    self.command("many.parquet", "scores", options + Self.parts), of: project, at: [3],
                    in: "scores.slipway-job")
                let resumed = try project.start(self.command("many.parquet", "scores", options + Self.parts)).wait()
                #expect(resumed.status == 0, "\(resumed.messages)")
                #expect(try partitions(folder, ending: format) == first)
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: project.path).count { $0.hasPrefix("scores") }
                        == 1)
            }
        }

        @Test func aFolderOfOtherThingsAndAnAbsentColumnAreRefused() throws {
            try with { project in
                let absent = try project.start(command("many.csv", "scores", ["--partition-by", "region"])).wait()
                #expect(absent.status == 1 && absent.messages.contains("no column 'region'"), "\(absent.messages)")
                let many = try project.start(command("many.csv", "scores", ["--partition-by", "number"])).wait()
                #expect(many.status == 1 && many.messages.contains("more than 1000 different"), "\(many.messages)")
                let data = try project.start(command("many.csv", "data", ["--partition-by", "contract"])).wait()
                #expect(data.status == 1 && data.messages.contains("no results"), "\(data.messages)")
                for options in [
                    ["--partition-format", "csv"], ["--part-rows", "5"], ["--resume", "--engine", "sql"],
                ] {
                    #expect(try project.start(command("many.csv", "scores.csv", options)).wait().status == 2)
                }
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: project.path).allSatisfy {
                        !$0.hasPrefix("scores")
                    })
            }
        }
    }
}
