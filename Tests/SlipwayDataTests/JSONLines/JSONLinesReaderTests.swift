import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayData

struct JSONLinesReaderTests {
    private static func reader(
        _ text: String, types: [String: ColumnType] = [:], limits: JSONLinesLimits = .default
    ) throws(DataError) -> JSONLinesReader {
        try JSONLinesReader(contentsOf: Array(text.utf8), types: types, limits: limits, file: "rows.jsonl")
    }

    @Test func columnsHaveTheNarrowestTypeOfTheirCells() throws {
        let text = """
            {"a": 1, "b": true, "c": "x", "d": 1, "e": [1, {"f": 2}]}

            {"a": 2.5, "c": 7, "d": null, "late": 1}\r
            """
        let table = try #require(try Self.reader("\u{FEFF}" + text).nextBatch(rows: 10))
        #expect(table.names == ["a", "b", "c", "d", "e", "late"])
        #expect(table.columns.map(\.type) == [.number, .boolean, .string, .integer, .string, .integer])
        #expect(
            table.row(0)[..<5] == [.number(1), .boolean(true), .string("x"), .integer(1), .string("[1,{\"f\":2}]")])
        #expect(table.row(1) == [.number(2.5), .missing, .string("7"), .missing, .missing, .integer(1)])
    }

    @Test func aTypeThatIsGivenHoldsAndATextIsNoNumber() throws {
        let reader = try Self.reader("{\"code\": 7}\n{\"code\": 8}\n", types: ["code": .string, "other": .number])
        #expect(try reader.nextBatch(rows: 1)?.row(0) == [.string("7")])
        let numbers = try Self.reader("{\"n\": 1}\n{\"n\": \"2\"}\n", types: ["n": .number])
        let error = #expect(throws: DataError.self) { try numbers.nextBatch(rows: 10) }
        #expect(error?.message == "rows.jsonl:2: column 'n' holds a number, not '2'")
    }

    @Test func badLinesAreSetAsideWithoutTheirCells() throws {
        let text = "{\"n\": 1}\n{\"n\": \"secret\"}\n[1]\n{broken\n{\"n\": 5}\n"
        let rows = try #require(try Self.reader(text, types: ["n": .number]).nextSiftedBatch(rows: 10))
        #expect(rows.table.columns[0].asNumbers == [1, 5])
        #expect(rows.lines == [1, 5])
        #expect(rows.badRows.map(\.line) == [2, 3, 4])
        #expect(rows.badRows[0].reason == "column 'n' does not hold a number")
        #expect(rows.badRows[1].reason == "the line holds no JSON object")
    }

    @Test func aFieldThatComesUpLateIsNotPassedOver() throws {
        let rows = String(repeating: "{\"a\": 1}\n", count: JSONLinesReader.sampleRowCount) + "{\"a\": 1, \"b\": 2}\n"
        let reader = try Self.reader(rows, types: ["a": .integer, "b": .integer])
        #expect(try reader.nextBatch(rows: JSONLinesReader.sampleRowCount) != nil)
        let error = #expect(throws: DataError.self) { try reader.nextBatch(rows: 1) }
        #expect(error?.message.contains("column 'b' comes up after 4096 rows") == true)
    }

    @Test(arguments: ["", "\n\n", "[1]\n", "{\"a\": 1"])
    func rowsWithoutColumnsAreRefused(text: String) {
        #expect(throws: DataError.self) { try Self.reader(text) }
    }

    @Test func limitsAreKept() throws {
        let limits = JSONLinesLimits(lineByteCountMax: 20, columnCountMax: 2, rowCountMax: 3)
        for text in ["{\"a\": \"\(String(repeating: "x", count: 20))\"}\n", "{\"a\":1,\"b\":2,\"c\":3}\n"] {
            let error = #expect(throws: DataError.self) { try Self.reader(text, limits: limits) }
            #expect(error?.kind == .limitExceeded)
        }
        #expect(throws: DataError.self) { try Self.reader(String(repeating: "{\"a\":1}\n", count: 4), limits: limits) }
    }

    @Test func aFileIsReadAsItsBytesAre() throws {
        let folder = try TemporaryFolder()
        // Longer than what is read at once, so that lines lie across.
        let text = (0..<60_000).map { "{\"id\": \($0), \"text\": \"number \($0)\"}\n" }.joined()
        let path = try folder.write(text, to: "rows.jsonl")
        let reader = try JSONLinesReader(contentsOf: path, types: [:])
        var count = 0
        while let table = try reader.nextBatch(rows: 7_000) {
            for row in 0..<table.rowCount where table["id"]?[row] != .integer(Int64(count + row)) {
                Issue.record("row \(count + row)")
            }
            count += table.rowCount
        }
        #expect(count == 60_000)
    }

    @Test func whateverTheBytesTheReaderReturnsOrThrowsItsError() {
        let valid = Array("{\"a\": 1, \"b\": \"x\\u00e9\"}\n{\"a\": null, \"b\": [true, {}]}\n\n{\"a\": -1e5}\n".utf8)
        var random = SeededGenerator(seed: 1)
        for _ in 0..<3_000 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 32...126, using: &random), at: place)
                }
            }
            for isSifted in [true, false] {
                do throws(DataError) {
                    let reader = try JSONLinesReader(contentsOf: bytes, types: ["a": .number], file: "f")
                    if isSifted {
                        while try reader.nextSiftedBatch(rows: 2) != nil {}
                    } else {
                        while try reader.nextBatch(rows: 2) != nil {}
                    }
                } catch {
                    #expect(!error.message.isEmpty)
                }
            }
        }
    }

    @Test(arguments: [
        #"{"id": 12345678901234567890}"#, #"{"id": -92233720368547758090, "x": "1.5"}"#,
        "{\"id\": 1.5}\n{\"id\": 9007199254740993}",
    ])
    func aWholeNumberThatWouldLoseDigitsIsRefused(text: String) throws {
        let error = #expect(throws: DataError.self) { try Self.reader(text).nextBatch(rows: 10) }
        #expect(error?.kind == .malformed || error?.kind == .wrongType)
    }

    @Test func largeNumbersThatAreNotWholeAreRead() throws {
        let table = try Self.reader(#"{"a": 1e300, "b": 12345678901234567890.5, "c": "12345678901234567890"}"#)
            .nextBatch(rows: 1)
        #expect(table?.columns.map(\.type) == [.number, .number, .string])
    }

    @Test func aMarkBeforeABlankLineIsPassedOver() throws {
        #expect(try Self.reader("\u{FEFF}\n{\"a\": 1}\n").nextBatch(rows: 10)?.rowCount == 1)
    }
}
