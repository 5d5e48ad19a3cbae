import Foundation
import SlipwayData
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayDuckDB

struct TransformationTests {
    private let folder: TemporaryFolder
    private let parquet = DuckDBParquet()

    init() throws { folder = try TemporaryFolder() }

    private var rows: String { "\(folder.path)/rows.parquet" }
    private var result: String { "\(folder.path)/result.parquet" }

    /// Twice the number, and the text's length.
    private static let empty = Result {
        try Table(columns: [
            Column(name: "twice", values: .numbers([])), Column(name: "length", values: .integers([])),
            Column(name: "text", values: .strings([])),
        ])
    }

    private static func query(
        keeping kept: [String] = ["id"], asked: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> Transformation.Query {
        Transformation.Query(reading: ["number", "name"], keeping: kept, results: try empty.get()) {
            table throws(DataError) in
            asked(table.rowCount)
            let numbers = table["number"]?.asNumbers ?? []
            guard case .strings(let names)? = table["name"]?.values else { throw DataError(.wrongType, "no names") }
            if names.contains("bad") { throw DataError(.wrongType, "there is a bad name", hint: "Name it well.") }
            return try Table(columns: [
                Column(name: "twice", values: .numbers(numbers.map { 2 * $0 })),
                Column(
                    name: "length", values: .integers(names.map { Int64($0.utf8.count) }),
                    validity: table["name"]?.validity),
                Column(name: "text", values: .strings(names.map { "\($0) and what is longer than twelve bytes" })),
            ])
        }
    }

    /// Rows of which every seventh has no number and every eleventh no name.
    private static func batch(_ range: Range<Int>, name: String = "n") throws(DataError) -> Table {
        try Table(columns: [
            Column(name: "id", values: .integers(range.map { Int64($0) })),
            Column(
                name: "number", values: .numbers(range.map { $0 % 7 == 0 ? .nan : Double($0) }),
                validity: range.map { $0 % 7 != 0 }),
            Column(name: "name", values: .strings(range.map { "\(name)\($0)" }), validity: range.map { $0 % 11 != 0 }),
        ])
    }

    private static let columns = [
        ParquetColumn("id", .values(.integer)), ParquetColumn("number", .values(.number)),
        ParquetColumn("name", .values(.string)),
    ]

    /// Gives rows up to a count, some thousand at a time.
    private static func giver(_ count: Int, last: String? = nil) -> () throws(DataError) -> Table? {
        var start = 0
        return { () throws(DataError) in
            guard start < count else { return nil }
            let end = min(start + 5_000, count)
            defer { start = end }
            return try batch(start..<end)
        }
    }

    private func expectScored(_ count: Int, in path: String) throws {
        let columns = [
            ParquetColumn("id", .values(.integer)), ParquetColumn("twice", .values(.number)),
            ParquetColumn("length", .values(.integer)), ParquetColumn("text", .values(.string)),
        ]
        let batches = try parquet.batches(of: path, columns: columns, in: nil)
        var row = 0
        while let table = try batches.next() {
            for index in 0..<table.rowCount {
                let length: Value = row % 11 == 0 ? .missing : .integer(Int64("n\(row)".utf8.count))
                let name = row % 11 == 0 ? "" : "n\(row)"
                let wanted: [Value] = [
                    .integer(Int64(row)), row % 7 == 0 ? .missing : .number(Double(2 * row)), length,
                    .string("\(name) and what is longer than twelve bytes"),
                ]
                let found = table.row(index)
                if found != wanted { #expect(found == wanted) }
                row += 1
            }
        }
        #expect(row == count)
    }

    @Test(arguments: [0, 1, 2_048, 300_001])
    func everyRowIsAskedAboutOnceAndKeepsItsPlace(count: Int) throws {
        try parquet.write(Self.columns, to: rows, rows: Self.giver(count))
        let asked = Mutex(0)
        let transformation = try Transformation(of: .files([rows]), into: .file(result), threadCount: 2)
        #expect(transformation.names == ["id", "number", "name"])
        #expect(try transformation.rowCount() == count)
        try transformation.run(Self.query { rows in asked.withLock { $0 += rows } })
        #expect(asked.withLock { $0 } == count)
        try expectScored(count, in: result)
    }

    @Test func filesFollowEachOther() throws {
        let second = "\(folder.path)/it's a [second]*.parquet"
        try parquet.write(Self.columns, to: rows, rows: Self.giver(6_000))
        var isGiven = false
        try parquet.write(Self.columns, to: second) { () throws(DataError) in
            defer { isGiven = true }
            return isGiven ? nil : try Self.batch(6_000..<7_000)
        }
        try Transformation(of: .files([rows, second]), into: .file(result), threadCount: 2).run(Self.query())
        try expectScored(7_000, in: result)
    }

    @Test func rowsOfThisProgramComeAndGo() throws {
        try Transformation(of: .rows(Self.columns, Self.giver(20_000)), into: .file(result)).run(Self.query())
        try expectScored(20_000, in: result)
        var taken = 0
        let back = try Transformation(
            of: .files([result]),
            into: .rows { (table) throws(DataError) in
                #expect(table.names == ["id", "twice", "length", "text"])
                taken += table.rowCount
            })
        let query = Transformation.Query(
            reading: ["text"], keeping: ["id", "twice"],
            results: try Self.empty.get().selecting(columns: ["length", "text"])
        ) { table throws(DataError) in
            guard case .strings(let texts)? = table["text"]?.values else { throw DataError(.wrongType, "no texts") }
            return try Table(columns: [
                Column(name: "length", values: .integers(texts.map { Int64($0.utf8.count) })),
                Column(name: "text", values: .strings(texts)),
            ])
        }
        try back.run(query)
        #expect(taken == 20_000)
    }

    @Test func whatTheFunctionThrowsEndsItAndLeavesTheOldFile() throws {
        try Data("old".utf8).write(to: URL(filePath: result))
        var isGiven = false
        try parquet.write(Self.columns, to: rows) { () throws(DataError) in
            defer { isGiven = true }
            return isGiven
                ? nil
                : try Table(columns: [
                    Column(name: "id", values: .integers([1])), Column(name: "number", values: .numbers([1])),
                    Column(name: "name", values: .strings(["bad"])),
                ])
        }
        let error = #expect(throws: DataError.self) {
            try Transformation(of: .files([rows]), into: .file(result)).run(Self.query())
        }
        #expect(error?.message == "there is a bad name" && error?.hint == "Name it well.")
        #expect(try String(contentsOfFile: result, encoding: .utf8) == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }

    @Test func whatTheGiverThrowsEndsItToo() throws {
        let error = #expect(throws: DataError.self) {
            try Transformation(
                of: .rows(Self.columns) { () throws(DataError) in throw DataError(.malformed, "line 7") },
                into: .file(result)
            ).run(Self.query())
        }
        #expect(error?.message == "line 7")
        #expect(!FileManager.default.fileExists(atPath: result))
    }

    @Test func aFileThatIsNoParquetIsNamed() throws {
        try Data("no Parquet".utf8).write(to: URL(filePath: rows))
        let error = #expect(throws: DataError.self) {
            try Transformation(of: .files([rows]), into: .file(result))
        }
        #expect(error?.message.contains(rows) == true)
    }

    @Test func namesThatDifferInCaseAloneAreRefused() throws {
        try parquet.write(Self.columns, to: rows, rows: Self.giver(3))
        let error = #expect(throws: DataError.self) {
            let query = try Self.query(keeping: ["id", "name"])
            var other = query
            other.results = try Table(columns: [Column(name: "ID", values: .numbers([]))])
            try Transformation(of: .files([rows]), into: .file(result)).run(other)
        }
        #expect(error?.message.contains("'ID'") == true)
    }
}
