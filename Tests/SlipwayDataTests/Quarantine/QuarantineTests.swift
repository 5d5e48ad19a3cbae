import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayData

struct QuarantineTests {
    private let folder: TemporaryFolder
    private let quarantine: Quarantine

    init() throws {
        folder = try TemporaryFolder()
        quarantine = Quarantine(folder: folder.path("quarantine/crm"))
    }

    private static func rows(bad: Int, good: Int) throws -> ParsedRows {
        let lines = Array(repeating: "1,2", count: bad) + Array(repeating: "1", count: good)
        return try ParsedRows(bytes: Array("a\n\(lines.joined(separator: "\n"))\n".utf8), parsing: CSVParsing())
    }

    @Test func badRowsAreListedAndTheOthersTaken() throws {
        let table = try quarantine.admit(Self.rows(bad: 1, good: 99), of: "t", path: "t.csv", shareMax: 0.01)
        #expect(table.rowCount == 99)
        let listed = try CSVReader.table(contentsOf: quarantine.file(of: "t"))
        #expect(listed.names == ["line", "reason"])
        #expect(listed.row(0) == [.integer(2), .string("the record has 2 fields, the header has 1")])
    }

    @Test func aLargerShareStopsTheJobAndNamesTheFirstRow() throws {
        let error = #expect(throws: DataError.self) {
            try quarantine.admit(Self.rows(bad: 2, good: 98), of: "t", path: "t.csv", shareMax: 0.01)
        }
        #expect(error?.kind == .malformed)
        #expect(
            error?.message
                == "t.csv:2: the record has 2 fields, the header has 1; so 2 of 100 rows do not parse, and 1% may not")
        #expect(error?.hint?.contains(quarantine.file(of: "t")) == true)
        #expect(try CSVReader.table(contentsOf: quarantine.file(of: "t")).rowCount == 2)
    }

    @Test func aReadingWithoutBadRowsRemovesTheListOfTheOneBefore() throws {
        _ = try quarantine.admit(Self.rows(bad: 1, good: 1), of: "t", path: "t.csv", shareMax: 1)
        #expect(FileManager.default.fileExists(atPath: quarantine.file(of: "t")))
        _ = try quarantine.admit(Self.rows(bad: 0, good: 1), of: "t", path: "t.csv", shareMax: 0)
        #expect(!FileManager.default.fileExists(atPath: quarantine.file(of: "t")))
    }

    @Test func onlyBadRowsAreAllThatMayBe() throws {
        #expect(try quarantine.admit(Self.rows(bad: 3, good: 0), of: "t", path: "t", shareMax: 1).rowCount == 0)
    }
}
