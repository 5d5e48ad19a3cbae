import Foundation
import Testing

@testable import SlipwayData

struct TimestampTests {
    /// Moments whose milliseconds `date -d TEXT +%s%3N` of GNU coreutils gives.
    static let known: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_772_357_400_125, "2026-03-01T09:30:00.125Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
    ]

    @Test(arguments: known)
    func aMomentIsWrittenAndReadBack(milliseconds: Int64, text: String) {
        let moment = Timestamp(milliseconds: milliseconds)
        #expect(moment.description == text)
        #expect(Timestamp(text) == moment)
        #expect(Timestamp(compactText: moment.compactText) == moment)
    }

    @Test func everyDayOfFourCenturiesIsItsOwn() {
        var last = ""
        for day in stride(from: Int64(-141_428), to: 4_670, by: 1) {
            let moment = Timestamp(milliseconds: day * 86_400_000 + 1)
            #expect(moment.description > last)
            #expect(Timestamp(moment.description) == moment)
            last = moment.description
        }
    }

    @Test(
        arguments: [
            ("2026-03-01T10:30:00.125+01:00", 1_772_357_400_125), ("2026-03-01t09:30:00.1259z", 1_772_357_400_125),
            ("2026-02-28 23:30:00.125-10:00", 1_772_357_400_125), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("2026-03-01T09:30:00Z", 1_772_357_400_000), ("2026-03-01T09:30:00.5Z", 1_772_357_400_500),
        ] as [(String, Int64)])
    func theFormsOfTheStandardAreRead(text: String, milliseconds: Int64) {
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-03-01", "2026-03-01T09:30:00", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-01-32T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00Z ", "+026-01-01T00:00:00Z", "２０26-01-01T00:00:00Z",
    ])
    func whatIsNoMomentIsRefused(text: String) { #expect(Timestamp(text) == nil) }

    @Test func momentsBeyondTheCalendarAreBroughtToItsEnds() {
        #expect(Timestamp(milliseconds: .max) == .latest)
        #expect(Timestamp(milliseconds: .min) == .earliest)
        #expect(Timestamp.latest.adding(milliseconds: .max) == .latest)
        #expect(Timestamp.earliest.adding(milliseconds: .min) == .earliest)
        #expect(Timestamp("9999-12-31T23:59:59-23:59") == .latest)
        #expect(Timestamp("0000-01-01T00:00:00+23:59") == .earliest)
    }

    @Test func theOrderIsThatOfTime() {
        let earlier = Timestamp(milliseconds: 1)
        #expect(earlier < earlier.adding(milliseconds: 1))
        #expect(earlier.adding(milliseconds: -2) < earlier)
        #expect(Timestamp(milliseconds: -1).day == -1)
    }

    @Test func mutatedTextIsReadOrRefusedButNeverTraps() {
        var generator = SeededGenerator(seed: 20_260_303)
        let originals = Self.known.map { Array($0.1.utf8) } + [Array("2026-03-01T10:30:00.125+01:00".utf8)]
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
