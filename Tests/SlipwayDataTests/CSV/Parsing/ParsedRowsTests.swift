import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayData

struct ParsedRowsTests {
    private static func rows(_ text: String, _ parsing: CSVParsing) throws -> ParsedRows {
        try ParsedRows(bytes: Array(text.utf8), parsing: parsing)
    }

    private static let german = CSVParsing(
        delimiter: UInt8(ascii: ";"),
        column: ColumnParsing(marks: NumberMarks(decimal: ",", thousands: "."), missing: ["-", "k.A."]),
        columns: [
            "seit": ColumnParsing(content: DatePattern("dd.MM.yyyy").map { .days($0) } ?? .inferred, missing: ["-"]),
            "gewicht": ColumnParsing(
                content: .values(.number), marks: NumberMarks(decimal: ","), units: ["kg": 1, "g": 0.001]),
            "plz": ColumnParsing(content: .values(.string)),
            "nicht da": ColumnParsing(content: .values(.integer)),
        ])

    @Test func aFileOfAnotherCountryBecomesATable() throws {
        let rows = try Self.rows(
            """
            id;umsatz;seit;gewicht;plz;ort;aktiv
            1;1.234,5;01.03.2026;2,5 kg;01067;Köln;true
            2;-;31.12.1999;300g;10115;k.A.;false
            3;7;-;4;;-;
            """, Self.german)
        #expect(rows.badRows == [])
        #expect(
            rows.table.columns.map(\.type) == [.integer, .number, .string, .number, .string, .string, .boolean])
        #expect(
            rows.table.row(0) == [
                .integer(1), .number(1234.5), .string("2026-03-01"), .number(2.5), .string("01067"), .string("Köln"),
                .boolean(true),
            ])
        #expect(
            rows.table.row(1) == [
                .integer(2), .missing, .string("1999-12-31"), .number(0.3), .string("10115"), .missing, .boolean(false),
            ])
        #expect(rows.table.row(2) == [.integer(3), .number(7), .missing, .number(4), .missing, .missing, .missing])
    }

    @Test func aRowThatDoesNotParseIsSetAsideWithItsLineAndWhatBelongsThere() throws {
        let rows = try Self.rows(
            """
            id;seit;gewicht;text
            1;01.03.2026;1 kg;"a
            b"
            2;2026-03-01;1 kg;secret
            3;01.03.2026;1 lb;x
            4;01.03.2026
            5;31.02.2026;1;x
            6;01.03.2026;1.5;x
            7;01.03.2026;2;x
            """, Self.german)
        #expect(rows.table["id"]?.values == .integers([1, 7]))
        #expect(rows.rowCount == 7 && rows.badRowCount == 5)
        #expect(
            rows.badRows == [
                BadRow(line: 4, reason: "column 'seit' does not hold a day as dd.MM.yyyy"),
                BadRow(line: 5, reason: "column 'gewicht' does not hold a number in g, kg"),
                BadRow(line: 6, reason: "the record has 2 fields, the header has 4"),
                BadRow(line: 7, reason: "column 'seit' does not hold a day as dd.MM.yyyy"),
                BadRow(line: 8, reason: "column 'gewicht' does not hold a number in g, kg"),
            ])
    }

    @Test func bytesThatTheEncodingDoesNotHaveSetTheirRowAside() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("t.csv")
        try Data(Array("a,b\n1,caf".utf8) + [0xE9, 0x0A] + Array("2,x".utf8) + [0x81, 0x0A]).write(
            to: URL(fileURLWithPath: path))
        let latin = try ParsedRows(contentsOf: path, parsing: CSVParsing(encoding: "windows-1252"))
        #expect(latin.table.row(0) == [.integer(1), .string("café")])
        #expect(
            latin.badRows == [BadRow(line: 3, reason: "column 'b' holds bytes that its encoding does not have")])
        let utf8 = try ParsedRows(contentsOf: path, parsing: CSVParsing())
        #expect(utf8.badRows.map(\.line) == [2, 3])
        #expect(throws: DataError.self) {
            try ParsedRows(contentsOf: path, parsing: CSVParsing(encoding: "nothing"))
        }
    }

    @Test func withoutPoliciesAFileIsReadAsThePlainReaderDoes() throws {
        let text = "a,b,c,d\n1,x,true,\n2,NA,false,NaN\n,\"y \"\"q\"\"\",true,0.5\n"
        let plain = try CSVReader.table(parsing: Array(text.utf8))
        #expect(try Self.rows(text, CSVParsing()).table == plain)
    }

    @Test func aWholeNumberBeyond64BitsStaysTheTextThatItIs() throws {
        let rows = try Self.rows("id\n12345678901234567890123\n1\n", CSVParsing())
        #expect(rows.table["id"]?.values == .strings(["12345678901234567890123", "1"]))
    }

    @Test func aBrokenHeaderOrAQuoteThatIsNeverClosedEndsTheReading() {
        for text in ["", "a,a\n1,2\n", "a,\n1,2\n", "a\n\"1\n2\n"] {
            #expect(throws: DataError.self, "\(text)") { try Self.rows(text, CSVParsing()) }
        }
    }

    @Test func noFileTrapsIt() throws {
        var numbers = SeededGenerator(seed: 11)
        let text = Array("id;umsatz;seit;gewicht\n1;1.234,5;01.03.2026;2,5 kg\n2;-;\"31.12.1999\";300g\n".utf8)
        for _ in 0..<1_500 {
            let bytes = numbers.mutating(text)
            do {
                let rows = try ParsedRows(bytes: bytes, parsing: Self.german)
                #expect(rows.badRows.count == rows.badRowCount)
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }
}
