import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayDuckDB

@Suite(.enabled(if: Library.shared.isAvailable))
struct DuckDBParquetTests {
    private let parquet = DuckDBParquet()

    @Test(arguments: ParquetFixture.writers)
    func everyTypeIsReadAsItWasWritten(writer: String) throws {
        let expected = try ParquetFixture.cells().filter { writer != "duckdb" || $0.name != "nothing" }
        let table = try parquet.table(
            parsing: ParquetFixture.bytes(writer), columns: Set(expected.map(\.name)), limits: ParquetLimits())
        #expect(table.names == expected.map(\.name))
        for (column, (name, cells)) in zip(table.columns, expected) {
            // DuckDB writes times to the nanosecond of a zone, or without, as it holds them: to the microsecond.
            #expect((0..<3).map { Self.comparable(column[$0]) } == cells.map(Self.comparable), "\(name)")
        }
    }

    /// A whole number and the number equal to it are the same in JSON.
    private static func comparable(_ value: Value) -> Value {
        guard case .number(let number) = value, let whole = Int64(exactly: number) else { return value }
        return .integer(whole)
    }

    @Test func onlyTheColumnsThatAreWantedAreRead() throws {
        let bytes = try ParquetFixture.bytes("nested")
        let table = try parquet.table(parsing: bytes, columns: ["number", "absent"], limits: ParquetLimits())
        #expect(table.names == ["number"])
        #expect(table.row(0) == [.number(1)])
    }

    @Test func aFrameOfPandasKeepsItsMissingCells() throws {
        let bytes = try ParquetFixture.bytes("frame")
        let table = try parquet.table(parsing: bytes, columns: ["age", "contract"], limits: ParquetLimits())
        #expect(table.row(0) == [.number(64.5), .string("month")])
        #expect(table.row(1) == [.missing, .string("year")])
    }

    @Test func aFrameOfPandasWithoutRowsKeepsItsColumns() throws {
        let bytes = try ParquetFixture.bytes("empty")
        let table = try parquet.table(parsing: bytes, columns: ["age", "contract"], limits: ParquetLimits())
        #expect(table.names == ["age", "contract"])
        #expect(table.rowCount == 0)
    }

    @Test(arguments: [
        ("nested", "list", DataError.Code.wrongType), ("nested", "other", .missingColumn), ("case", "age", .malformed),
    ])
    func aColumnThatCannotBeReadIsNamed(file: String, column: String, kind: DataError.Code) throws {
        let bytes = try ParquetFixture.bytes(file)
        let error = #expect(throws: DataError.self) {
            try parquet.table(parsing: bytes, columns: [column], limits: ParquetLimits())
        }
        #expect(error?.kind == kind)
        #expect(error?.message.contains(kind == .missingColumn ? "'number'" : "'\(column)'") == true)
    }

    @Test func moreCellsThanAllowedAreRefused() throws {
        let bytes = try ParquetFixture.bytes("snappy")
        let error = #expect(throws: DataError.self) {
            try parquet.table(parsing: bytes, columns: ["text"], limits: ParquetLimits(cellByteCountMax: 20))
        }
        #expect(error?.kind == .limitExceeded)
    }

    @Test func aTextOfADictionaryIsNotCopiedIntoEveryRow() throws {
        let bytes = try ParquetFixture.bytes("repeated")
        #expect(bytes.count < 1_000)
        let error = #expect(throws: DataError.self) {
            try parquet.table(parsing: bytes, columns: ["text"], limits: ParquetLimits())
        }
        #expect(error?.kind == .limitExceeded)
    }

    @Test func pagesThatGrowBeyondTheMemoryAreRefused() throws {
        // A page of zeros that is a thousandth of what it becomes.
        let folder = try TemporaryFolder()
        let path = folder.path("zeros.parquet")
        var count = 0
        try parquet.write([ParquetColumn("text", .values(.string))], to: path) { () throws(DataError) in
            count += 1
            let text = String(repeating: "0", count: 8 << 20)
            return count > 4 ? nil : try Table(columns: [Column(name: "text", values: .strings([text]))])
        }
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(bytes.count < 1 << 20)
        let error = #expect(throws: DataError.self) {
            try parquet.table(parsing: bytes, columns: ["text"], limits: ParquetLimits(memoryByteCountMax: 16 << 20))
        }
        #expect(error?.kind == .limitExceeded)
    }

    @Test(arguments: ["snappy", "zstd", "plain", "duckdb"])
    func changedFilesAreReadOrRefused(writer: String) throws {
        let original = try ParquetFixture.bytes(writer)
        let names = Set(try ParquetFixture.cells().map(\.name))
        var generator = SplitMix64(seed: 7)
        for _ in 0..<60 {
            var bytes = original
            for _ in 0..<Int(1 + generator.next() % 6) {
                bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(generator.next() % 256)
            }
            do throws(DataError) {
                let table = try parquet.table(parsing: bytes, columns: names, limits: ParquetLimits())
                #expect(table.rowCount <= 10_000)
            } catch {
                #expect(error.message.contains("/proc/") == false)
            }
        }
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("it's [1]*.parquet")
        let columns = [
            ParquetColumn("id", .values(.string)), ParquetColumn("time", .times), ParquetColumn("n", .values(.integer)),
            ParquetColumn("x", .values(.number)), ParquetColumn("truth", .values(.boolean)),
        ]
        let parts = try (0..<7).map { part in try Self.table(rows: part * 9_000..<(part + 1) * 9_000) }
        var next = parts[...]
        try parquet.write(columns, to: path) { next.popFirst() }
        let batches = try parquet.batches(of: path, columns: columns, in: nil)
        var read: [Table] = []
        while let table = try batches.next() { read.append(table) }
        #expect(try Table.concatenating(read) == Table.concatenating(parts))
    }

    @Test func aStretchOfTimeIsReadAlone() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("log.parquet")
        let columns = [ParquetColumn("id", .values(.string)), ParquetColumn("time", .times)]
        var next = try [Self.table(rows: 0..<40_000).selecting(columns: ["id", "time"])][...]
        try parquet.write(columns, to: path) { next.popFirst() }
        let range = ParquetRange(
            of: "time", from: Timestamp(milliseconds: 20_000_000), until: Timestamp(milliseconds: 20_003_000))
        let batches = try parquet.batches(of: path, columns: columns, in: range)
        var ids: [Value] = []
        while let table = try batches.next() { ids += (0..<table.rowCount).map { table.columns[0][$0] } }
        #expect(ids == [.string("row 20000"), .string("row 20001"), .string("row 20002")])
    }

    @Test func aFileThatIsThereIsNotWritten() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("there.parquet")
        try Data("text".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: DataError.self) { try parquet.write([ParquetColumn("a", .times)], to: path) { nil } }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("text".utf8))
    }

    @Test func whatTheGiverOfRowsThrowsIsThrown() throws {
        let folder = try TemporaryFolder()
        let failure = DataError(.unreadable, "the source is gone")
        #expect(throws: failure) {
            try parquet.write([ParquetColumn("a", .times)], to: folder.path("a.parquet")) { () throws(DataError) in
                throw failure
            }
        }
    }

    @Test func aFileThatIsNotThereOrNoParquetIsNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("text.parquet")
        try Data("no Parquet at all".utf8).write(to: URL(fileURLWithPath: path))
        for path in [path, folder.path("absent.parquet")] {
            let error = #expect(throws: DataError.self) {
                try parquet.batches(of: path, columns: [ParquetColumn("a", .times)], in: nil)
            }
            #expect(error?.message.contains(path) == true)
        }
    }

    private static func table(rows: Range<Int>) throws(DataError) -> Table {
        try Table(columns: [
            Column(name: "id", values: .strings(rows.map { "row \($0)" })),
            Column(name: "time", values: .integers(rows.map { Int64($0) * 1_000 })),
            Column(
                name: "n", values: .integers(rows.map { $0 % 3 == 0 ? 0 : Int64($0) }),
                validity: rows.map { $0 % 3 != 0 }),
            Column(name: "x", values: .numbers(rows.map { Double($0) / 7 })),
            Column(name: "truth", values: .booleans(rows.map { $0 % 2 == 0 })),
        ])
    }
}
