import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayData

struct TimestampTests {
    private static let moments: [(milliseconds: Int64, text: String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_772_357_400_125, "2026-03-01T09:30:00.125Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ]

    @Test(arguments: moments)
    func isWrittenAndReadByRFC3339(_ row: (milliseconds: Int64, text: String)) {
        #expect(Timestamp(milliseconds: row.milliseconds).description == row.text)
        #expect(Timestamp(row.text)?.milliseconds == row.milliseconds)
    }

    @Test func agreesWithFoundationSinceTheGregorianReform() {
        let formatter = ISO8601DateFormatter()
        for day in stride(from: -141_000, through: 146_097, by: 13) {
            let seconds = Int64(day) * 86_400 + 3_661
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            let moment = Timestamp(milliseconds: seconds * 1000)
            #expect(moment.description == expected.replacingOccurrences(of: "Z", with: ".000Z"))
            #expect(Timestamp(expected) == moment)
        }
    }

    @Test func offsetsAndMissingDecimalsAreRead() {
        let moment = Timestamp("2026-03-01T09:30:00Z")
        #expect(Timestamp("2026-03-01T11:30:00+02:00") == moment)
        #expect(Timestamp("2026-03-01T04:00:00.0-05:30") == moment)
        #expect(Timestamp("2026-03-01 09:30:00.0009999999999999999999999z") == moment)
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z",
        "2026-03-01T09:30:00", "2026-03-01T09:30:00.Z", "2026-03-01T09:30:00Zx", "2026-03-01T09:30:00+25:00",
        "２026-03-01T09:30:00Z",
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func theFarFutureStaysWithinFourDigits() {
        #expect(Timestamp(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).description == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp.latest.adding(milliseconds: .max) == .latest)
    }

    @Test(
        arguments: [
            (784_111_777_999, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (1_709_164_799_000, "Wed, 28 Feb 2024 23:59:59 GMT"),
            (.min, "Sat, 01 Jan 0000 00:00:00 GMT"),
        ] as [(Int64, String)])
    func headersSpellAMomentAsHTTPDoes(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).httpText == text)
    }

    @Test func compactTextSortsAndReadsBack() throws {
        let early = try #require(Timestamp("2026-03-01T09:30:00.125Z"))
        let late = early.adding(milliseconds: 1)
        #expect(early.compactText == "20260301T093000125Z")
        #expect(early.compactText < late.compactText)
        #expect(Timestamp(compactText: early.compactText) == early)
        #expect(Timestamp(compactText: "2026030１T093000125Z") == nil)
    }

    @Test(arguments: [
        "1900-02-29T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-04-31T00:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00+0100", "+026-01-01T00:00:00Z",
    ])
    func fieldsBeyondTheirRangeAreRefused(_ text: String) { #expect(Timestamp(text) == nil) }

    @Test func aLeapSecondIsTheFirstOfTheNextMinute() {
        #expect(Timestamp("2016-12-31T23:59:60Z") == Timestamp("2017-01-01T00:00:00Z"))
    }

    @Test func offsetsBeyondTheCalendarAreBroughtToItsEnds() {
        #expect(Timestamp("9999-12-31T23:59:59-23:59") == .latest)
        #expect(Timestamp("0000-01-01T00:00:00+23:59") == .earliest)
        #expect(Timestamp.earliest.adding(milliseconds: .min) == .earliest)
    }

    @Test func theOrderIsThatOfTime() {
        let moment = Timestamp(milliseconds: 1)
        #expect(moment < moment.adding(milliseconds: 1))
        #expect(moment.adding(milliseconds: -2) < moment)
        #expect(Timestamp(milliseconds: -1).day == -1)
    }

    @Test func mutatedTextIsReadOrRefusedButNeverTraps() {
        var generator = SeededGenerator(seed: 20_260_303)
        let originals = (Self.moments.map(\.text) + ["2026-03-01T10:30:00.125+01:00"]).map { Array($0.utf8) }
        for _ in 0..<5_000 {
            let bytes = generator.mutating(originals.randomElement(using: &generator) ?? [])
            let text = String(decoding: bytes, as: UTF8.self)
            if let moment = Timestamp(text) { #expect(Timestamp(moment.description) == moment) }
            _ = Timestamp(compactText: text)
        }
    }

    @Test func aMomentSurvivesJSON() throws {
        let moment = Timestamp(milliseconds: 1_772_357_400_125)
        #expect(try JSONDecoder().decode([Timestamp].self, from: JSONEncoder().encode([moment])) == [moment])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Timestamp].self, from: Data("[\"now\"]".utf8)) }
    }
}
