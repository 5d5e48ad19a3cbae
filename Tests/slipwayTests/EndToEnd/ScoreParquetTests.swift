import Foundation
import SlipwayData
import SlipwayDuckDB
import Testing

extension EndToEnd {
    struct ScoreParquetTests {
        /// The rows of the project many times over, numbered, as `rows.parquet`; one of them may have an endless tenure.
        private func makeRows(of project: TelcoProject, count: Int, endless: Int? = nil) throws {
            let text = try #require(project.text(of: "rows.csv"))
            let rows = try CSVReader.table(parsing: Array(text.utf8), file: "rows.csv")
            let tenure = (0..<count).map {
                $0 == endless ? .infinity : rows["tenure"]?[$0 % rows.rowCount].asNumber ?? .nan
            }
            let charges = (0..<count).map { rows["monthly_charges"]?[$0 % rows.rowCount].asNumber ?? .nan }
            let contracts = (0..<count).map { rows["contract"]?[$0 % rows.rowCount].text ?? "" }
            let table = try Table(columns: [
                Column(name: "number", values: .integers((0..<count).map { Int64($0) })),
                Column(name: "tenure", values: .numbers(tenure)),
                Column(name: "monthly_charges", values: .numbers(charges)),
                Column(name: "contract", values: .strings(contracts)),
            ])
            try write(table, to: "\(project.path)/rows.parquet")
        }

        private func write(_ table: Table, to path: String) throws {
            var isGiven = false
            let columns = table.columns.map { ParquetColumn($0.name, .values($0.type)) }
            try DuckDBParquet().write(columns, to: path) { () throws(DataError) in
                defer { isGiven = true }
                return isGiven ? nil : table
            }
        }

        private func table(_ columns: [ParquetColumn], of path: String) throws -> Table {
            let batches = try DuckDBParquet().batches(of: path, columns: columns, in: nil)
            var parts: [Table] = []
            while let part = try batches.next() { parts.append(part) }
            return try Table.concatenating(parts)
        }

        @Test(arguments: ["1", "3"])
        func parquetIsScoredAsCSVIsAndKeepsItsOrder(threads: String) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let count = 30_000
                try makeRows(of: project, count: count)
                try project.done(
                    "score", "churn", "--from", "rows.parquet", "--to", "scores.parquet", "--keep", "number",
                    "--threads", threads)
                let scores = try table(
                    [
                        ParquetColumn("number", .values(.integer)), ParquetColumn("label", .values(.string)),
                        ParquetColumn("probabilities_1", .values(.number)),
                    ], of: "\(project.path)/scores.parquet")
                let expected = try ReferenceScores.probabilities(of: "good")
                #expect(scores.rowCount == count)
                let wrong = (0..<count).first { row in
                    let reference = expected[row % expected.count].probability
                    return scores["number"]?[row] != .integer(Int64(row))
                        || abs((scores["probabilities_1"]?[row].asNumber ?? .nan) - reference) >= 1e-6
                        || scores["label"]?[row] != .string(reference > 0.5 ? "Yes" : "No")
                }
                #expect(wrong == nil)
            }
        }

        @Test func parquetAndCSVAreTurnedIntoEachOther() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done(
                    "score", "churn", "--from", "rows.csv", "--to", "plain.csv", "--keep", "tenure,contract")
                try project.done("score", "churn", "--from", "rows.csv", "--to", "all.parquet", "--keep", "all")
                // What is read may have columns of the same names as what is answered, as long as they are not kept.
                try project.done(
                    "score", "churn", "--from", "all.parquet", "--to", "back.csv", "--keep", "tenure,contract")
                #expect(project.text(of: "back.csv") == project.text(of: "plain.csv"))
                try FileManager.default.createDirectory(
                    atPath: "\(project.path)/parts", withIntermediateDirectories: true)
                for name in ["b", "a"] {
                    try FileManager.default.copyItem(
                        atPath: "\(project.path)/all.parquet", toPath: "\(project.path)/parts/\(name).parquet")
                }
                let outcome = try project.done("score", "churn", "--from", "parts", "--to", "both.csv", "--json")
                let plain = try #require(project.text(of: "plain.csv")).split(separator: "\n").count
                #expect(try outcome.json["rows"] == .integer(Int64(2 * (plain - 1))))
            }
        }

        @Test func theRowAtFaultIsNamedHoweverManyThreadsReadIt() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try makeRows(of: project, count: 20_000, endless: 17_776)
                try project.write("the old result", to: "out.parquet")
                let refusal = try project.refusal(
                    "score", "churn", "--from", "rows.parquet", "--to", "out.parquet", "--threads", "2")
                let start = 17_776 / 2_048 * 2_048
                #expect(refusal.contains("in the batch that begins at row \(start + 1): row \(17_777 - start): "))
                #expect(refusal.contains("'tenure'"))
                #expect(project.text(of: "out.parquet") == "the old result")
                let strict = try project.refusal(
                    "score", "churn", "--from", "rows.parquet", "--to", "out.csv", "--strict")
                #expect(strict.contains("'tenure' must be at most"))
                #expect(project.text(of: "out.csv") == nil)
            }
        }

        @Test func reasonsStandBehindThePredictions() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try makeRows(of: project, count: 3_000)
                try project.done(
                    "score", "churn", "--from", "rows.parquet", "--to", "reasons.csv", "--keep", "number", "--explain",
                    "2")
                try project.done("score", "churn", "--from", "rows.csv", "--to", "plain.csv", "--explain", "2")
                let lines = try #require(project.text(of: "reasons.csv")).split(separator: "\n")
                let plain = try #require(project.text(of: "plain.csv")).split(separator: "\n")
                #expect(lines.count == 3_001)
                #expect(lines[0] == "number," + plain[0])
                #expect(lines[1] == "0," + plain[1])
                #expect(lines[1 + plain.count - 1] == "\(plain.count - 1)," + plain[1])
            }
        }

        @Test(arguments: [
            (["--keep", "nothing"], "there is no column 'nothing' to keep"),
            (["--keep", "number,number"], "two columns of the result would be named 'number'"),
            (["--memory", "1MB"], "--memory"),
            (["--memory", "much"], "--memory"),
        ])
        func whatCannotBeDoneIsRefused(options: [String], message: String) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try makeRows(of: project, count: 30)
                let before = project.names(in: ".")
                let outcome = try project.start(
                    ["score", "churn", "--from", "rows.parquet", "--to", "out.parquet"] + options
                ).wait()
                #expect(outcome.status != 0)
                #expect(outcome.messages.contains(message), "\(outcome.messages)")
                #expect(project.names(in: ".") == before)
            }
        }

        @Test func theRowsAreNotWrittenOver() throws {
            try TelcoProject.with { project in
                try makeRows(of: project, count: 3)
                for destination in ["rows.parquet", "./rows.parquet"] {
                    let refusal = try project.refusal(
                        "score", "good.onnx", "--from", "rows.parquet", "--to", destination)
                    #expect(refusal.contains("the predictions would replace them"))
                }
                try FileManager.default.createDirectory(
                    atPath: "\(project.path)/parts", withIntermediateDirectories: true)
                let among = try project.refusal("score", "good.onnx", "--from", "parts", "--to", "parts/out.parquet")
                #expect(among.contains("among the rows"))
                let empty = try project.refusal("score", "good.onnx", "--from", "parts", "--to", "out.parquet")
                #expect(empty.contains("has no file that ends in .parquet"))
            }
        }
    }
}
