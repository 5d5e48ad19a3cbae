import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import SlipwayEngines
import SlipwayPostgreSQL
import SlipwayTesting
import Testing

@testable import slipway

/// What every data sink must hold, held against each kind of them.
@Suite(.onThreadsOfItsOwn)
struct DataSinkConformanceTests {
    enum Kind: String, CaseIterable, Sendable {
        case csv, jsonLines, parquet, sqlite, duckdb, postgres, object
    }

    /// A place of one kind: sinks that replace what stands there, and what a reader finds.
    private struct Place {
        let sink: () -> any DataSink
        let read: () throws -> Table?
    }

    private static func rows() throws -> Table {
        try Table(columns: [
            Column(name: "id", values: .integers([1, 2, .max])),
            Column(
                name: "a \"name\"", values: .strings(["Zoë 🚢", "O'Hara,\n\"Kit\"", ""]), validity: [true, true, false]),
            Column(name: "signs", values: .strings(["\\N", "a\\b\tc\rd\\", "\\."])),
            Column(name: "number", values: .numbers([0.1, .nan, 1e-300])),
            Column(name: "truth", values: .booleans([true, false, false]), validity: [true, true, false]),
        ])
    }

    private static func place(of kind: Kind, in folder: String) throws -> Place {
        let path = "\(folder)/out"
        func change(_ dialect: SQLDialect) -> TableChange {
            TableChange(of: "scores", .replace, key: [], dialect: dialect)
        }
        func table(_ source: any DataSource, named name: String = "scores") -> Table? {
            try? source.waited("select * from \(name) order by id")
        }
        let types = try Dictionary(uniqueKeysWithValues: rows().columns.map { ($0.name, $0.type) })
        switch kind {
        case .csv:
            return Place(sink: { CSVSink(path: path) }) {
                FileManager.default.fileExists(atPath: path) ? try CSVReader.table(contentsOf: path, types: types) : nil
            }
        case .jsonLines:
            return Place(sink: { JSONLinesWriter(path: path) }) {
                guard FileManager.default.fileExists(atPath: path) else { return nil }
                return try JSONLinesReader(contentsOf: path, types: types).nextBatch(rows: .max)
            }
        case .parquet:
            let path = "\(path).parquet"
            return Place(sink: { ParquetResult(path: path) }) {
                FileManager.default.fileExists(atPath: path)
                    ? table(FilesSource(name: "w", path: path), named: "out") : nil
            }
        case .object:
            let bucket = try TestBucket(below: UUID().uuidString).bucket
            return Place(sink: { ObjectResult(CSVSink(path: path), path, in: bucket) }) {
                try waited {
                    guard let object = try await bucket.object(named: "out.csv") else { return nil }
                    try await bucket.fetch(object, to: "\(folder)/read")
                    return try CSVReader.table(contentsOf: "\(folder)/read", types: types)
                }
            }
        case .sqlite:
            return Place(sink: { TableSink(change(.sqlite)) { try SQLiteTables(name: "w", path: path) } }) {
                table(SQLiteSource(name: "w", path: path))
            }
        case .duckdb:
            return Place(sink: { TableSink(change(.duckdb)) { try DuckDBTables(name: "w", path: path) } }) {
                table(DuckDBSource(name: "w", path: path))
            }
        case .postgres:
            let server = try PostgreSQLServer.shared.get()
            let name = "s\(UUID().uuidString.prefix(8).lowercased())"
            try server.run("create database \(name)")
            let address = server.url(of: name)
            return Place(sink: { TableSink(change(.postgres)) { try PostgreSQLTables(name: "w", address: address) } }) {
                table(PostgreSQLSource(name: "w", address: address))
            }
        }
    }

    private static func write(_ rows: Table, to sink: any DataSink, isFinished: Bool = true) throws {
        try sink.begin(rows.selecting(rows: []))
        for row in 0..<rows.rowCount { try sink.write(rows.selecting(rows: [row])) }
        if isFinished { try sink.finish() }
    }

    @Test(arguments: Kind.allCases)
    func cellsReadBackAsTheyWere(kind: Kind) throws {
        try withTemporaryFolder { folder in
            let place = try Self.place(of: kind, in: folder)
            let rows = try Self.rows()
            try Self.write(rows, to: place.sink())
            let back = try #require(try place.read())
            #expect(back.names == rows.names)
            #expect((0..<back.rowCount).map { back.row($0) } == (0..<rows.rowCount).map { rows.row($0) })
        }
    }

    @Test(arguments: [Kind.sqlite, .duckdb, .postgres])
    func infiniteNumbersReadBackFromTables(kind: Kind) throws {
        try withTemporaryFolder { folder in
            let place = try Self.place(of: kind, in: folder)
            let numbers: [Double] = [.infinity, -.infinity, -0.0, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
            let rows = try Table(columns: [
                Column(name: "id", values: .integers([1, 2, 3, 4, 5])),
                Column(name: "number", values: .numbers(numbers)),
            ])
            try Self.write(rows, to: place.sink())
            #expect(try place.read()?["number"]?.asNumbers == numbers)
        }
    }

    @Test(arguments: Kind.allCases)
    func nobodySeesARowBeforeTheEndAndWhatIsNotFinishedLeavesNothing(kind: Kind) throws {
        try withTemporaryFolder { folder in
            let place = try Self.place(of: kind, in: folder)
            let rows = try Self.rows()
            try Self.write(rows.selecting(rows: [0]), to: place.sink())
            do {
                let sink = place.sink()
                try Self.write(rows, to: sink, isFinished: false)
                // DuckDB lets no other connection in while a file is written.
                if kind != .duckdb { #expect(try place.read()?.rowCount == 1) }
            }
            try eventually { try place.read()?.rowCount == 1 }
            try Self.write(rows, to: place.sink())
            #expect(try place.read()?.rowCount == 3)
            if [.csv, .jsonLines, .parquet].contains(kind) {
                let name = kind == .parquet ? "out.parquet" : "out"
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func aPlaceWithoutRowsHasItsColumns(kind: Kind) throws {
        try withTemporaryFolder { folder in
            let place = try Self.place(of: kind, in: folder)
            try Self.write(try Self.rows().selecting(rows: []), to: place.sink())
            // A file of JSON Lines without a line has no columns to tell of.
            guard kind != .jsonLines else { return }
            #expect(try place.read()?.names == Self.rows().names)
        }
    }
}
