import Foundation
import SlipwayData
import SlipwayDuckDB
import Testing

extension EndToEnd {
    /// Rows that cannot be scored are set aside, whatever reads and writes them.
    struct ScoreBadRowsTests {
        /// A hundred rows as CSV of which some are bad: those of lines 4, 6, and 51, and line 31 where strict.
        private static let csv: String = {
            var lines = ["id,tenure,contract,monthly_charges"]
            for id in 1...100 { lines.append("\(id),\(id % 60),One year,56.95") }
            lines[3] = "3,many,One year,56.95"
            lines[5] = "5,4"
            lines[30] = "30,4,Ten years,56.95"
            lines[50] = "50,1e39,One year,56.95"
            return lines.joined(separator: "\n") + "\n"
        }()

        private func ids(_ text: String?) throws -> [Int] {
            let table = try CSVReader.table(parsing: Array(try #require(text).utf8))
            return (0..<table.rowCount).compactMap { table["id"]?[$0].asNumber.map { Int($0) } }
        }

        private func listed(_ project: TelcoProject, _ path: String) throws -> [[Value]] {
            let table = try CSVReader.table(parsing: Array(try #require(project.text(of: path)).utf8))
            return (0..<table.rowCount).map { table.row($0) }
        }

        @Test func theOthersAreScoredAndTheReasonsHoldNoCell() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write(Self.csv, to: "odd.csv")
                let outcome = try project.done(
                    "score", "churn@1", "--from", "odd.csv", "--to", "out.csv", "--keep", "id", "--bad-rows", "3%",
                    "--json")
                let document = try outcome.json
                #expect(document["rows"] == .integer(97))
                #expect(document["bad_rows"] == .integer(3))
                #expect(document["quarantine"] == .string("out.csv.bad-rows.csv"))
                #expect(try ids(project.text(of: "out.csv")) == (1...100).filter { ![3, 5, 50].contains($0) })
                let list = try listed(project, "out.csv.bad-rows.csv")
                #expect(list.map { $0[0] } == [.integer(4), .integer(6), .integer(51)])
                #expect(list[0][1] == .string("column 'tenure' holds a number"))
                #expect(list[1][1] == .string("the record has 2 fields, the header has 4"))
                #expect(list[2][1].text.hasPrefix("field 'tenure' is too large"))
                let mode = try FileManager.default.attributesOfItem(
                    atPath: "\(project.path)/out.csv.bad-rows.csv")[.posixPermissions]
                #expect(mode as? Int == 0o600)

                try project.done(
                    "score", "churn@1", "--from", "odd.csv", "--to", "strict.csv", "--keep", "id", "--bad-rows", "50%",
                    "--strict", "--quarantine", "lists/bad.csv")
                #expect(try ids(project.text(of: "strict.csv")).contains(30) == false)
                #expect(try listed(project, "lists/bad.csv").contains { $0[0] == .integer(31) })
            }
        }

        @Test func oneMoreThanTheShareLeavesTheOldResult() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write(Self.csv, to: "odd.csv")
                for destination in ["out.csv", "out.jsonl", "out.parquet"] {
                    try project.write("the old result\n", to: destination)
                    let refusal = try project.refusal(
                        "score", "churn@1", "--from", "odd.csv", "--to", destination, "--bad-rows", "2%")
                    #expect(
                        refusal.contains(
                            "odd.csv:4: error: column 'tenure' holds a number; so 3 of 100 rows are refused, and 2% may not"
                        ),
                        "\(refusal)")
                    #expect(project.text(of: destination) == "the old result\n")
                    #expect(try listed(project, "\(destination).bad-rows.csv").count == 3)
                }
                try project.write("id,tenure,contract,monthly_charges\n1,2,One year,5\n", to: "odd.csv")
                try project.done("score", "churn@1", "--from", "odd.csv", "--to", "out.csv", "--bad-rows", "2%")
                #expect(project.text(of: "out.csv.bad-rows.csv") == nil)
            }
        }

        @Test func rowsOfParquetAreToldByFileAndNumber() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write(Self.csv, to: "odd.csv")
                let good = try project.done(
                    "score", "churn@1", "--from", "odd.csv", "--to", "all.parquet", "--keep", "all", "--bad-rows", "3%",
                    "--json")
                #expect(try good.json["rows"] == .integer(97))
                #expect(
                    try listed(project, "all.parquet.bad-rows.csv").map { $0[0] } == [4, 6, 51].map { .integer($0) })
                try FileManager.default.createDirectory(
                    atPath: "\(project.path)/parts", withIntermediateDirectories: true)
                let count = 9_000
                for (file, bad) in [("a", 8_000), ("b", 17)] {
                    let table = try Table(columns: [
                        Column(name: "id", values: .integers((0..<count).map { Int64($0) })),
                        Column(name: "tenure", values: .numbers((0..<count).map { $0 == bad ? .infinity : 5 })),
                        Column(name: "contract", values: .strings(Array(repeating: "One year", count: count))),
                        Column(name: "monthly_charges", values: .numbers(Array(repeating: 5, count: count))),
                    ])
                    var isGiven = false
                    try DuckDBParquet().write(
                        table.columns.map { ParquetColumn($0.name, .values($0.type)) },
                        to: "\(project.path)/parts/\(file).parquet"
                    ) { () throws(DataError) in
                        defer { isGiven = true }
                        return isGiven ? nil : table
                    }
                }
                for destination in ["out.parquet", "out.csv"] {
                    let outcome = try project.done(
                        "score", "churn@1", "--from", "parts", "--to", destination, "--keep", "id", "--bad-rows", "1%",
                        "--json")
                    #expect(try outcome.json["rows"] == .integer(Int64(2 * count - 2)))
                    let rows = try listed(project, "\(destination).bad-rows.csv")
                    #expect(rows.map { $0[0] } == [.string("parts/a.parquet"), .string("parts/b.parquet")])
                    #expect(rows.map { $0[1] } == [.integer(8_001), .integer(18)])
                }
                let kept = try ids(project.text(of: "out.csv"))
                #expect(kept == (0..<count).filter { $0 != 8_000 } + (0..<count).filter { $0 != 17 })
                let refusal = try project.refusal(
                    "score", "churn@1", "--from", "parts", "--to", "out.parquet", "--bad-rows", "0.001%")
                #expect(refusal.contains("of 18000 rows are refused, and 0.001% may not"), "\(refusal)")
            }
        }

        @Test func jsonLinesAreReadAndWrittenAsCSVIs() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write(Self.csv, to: "odd.csv")
                try project.done(
                    "score", "churn@1", "--from", "odd.csv", "--to", "out.jsonl", "--keep", "id", "--bad-rows", "3%")
                try project.done(
                    "score", "churn@1", "--from", "rows.csv", "--to", "all.ndjson", "--keep",
                    "tenure,monthly_charges,contract")
                let plain = try project.done("score", "churn@1", "--from", "rows.csv", "--to", "-").output
                for model in ["churn@1", "good.onnx"] {
                    let again = try project.done("score", model, "--from", "all.ndjson", "--to", "-")
                    #expect(again.output == plain, "\(again.messages)")
                }
                let first = try #require(project.text(of: "out.jsonl")).split(separator: "\n").first ?? ""
                #expect(first.hasPrefix("{\"id\":\"1\",\"label\":\"No\",\"probabilities_0\":0."), "\(first)")
                try project.write("{\"tenure\": 1, \"contract\": 7, \"monthly_charges\": \"5\"}\n", to: "bad.jsonl")
                let refusal = try project.refusal("score", "churn@1", "--from", "bad.jsonl", "--to", "out.csv")
                #expect(
                    refusal.contains("bad.jsonl:1: error: column 'monthly_charges' holds a number, not '5'"),
                    "\(refusal)")
            }
        }

        @Test(arguments: [
            ["--bad-rows", "1"], ["--bad-rows", "101%"], ["--quarantine", "x.csv"], ["--bad-rows", "1%"],
        ])
        func optionsThatMakeNoSenseAreUsageErrors(options: [String]) throws {
            try TelcoProject.with { project in
                let outcome = try project.start(["score", "good.onnx", "--from", "rows.csv", "--to", "-"] + options)
                    .wait()
                #expect(outcome.status == 2, "\(outcome.messages)")
            }
        }

        @Test func aFileThatIsNoListOfBadRowsIsNotReplacedByOne() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write("tenure,contract,monthly_charges\n5,One year,50\n", to: "rows.csv")
                try project.write("keep me\n", to: "notes.txt")
                for (list, words) in [
                    ("rows.csv", "holds the rows or the answers"), ("out.csv", "holds the rows or the answers"),
                    ("notes.txt", "is no list of bad rows"),
                ] {
                    let refusal = try project.refusal(
                        "score", "churn", "--from", "rows.csv", "--to", "out.csv", "--bad-rows", "1%", "--quarantine",
                        list)
                    #expect(refusal.contains(words), "\(refusal)")
                }
                #expect(project.text(of: "rows.csv")?.contains("One year") == true)
                #expect(project.text(of: "notes.txt") == "keep me\n")
            }
        }
    }
}
