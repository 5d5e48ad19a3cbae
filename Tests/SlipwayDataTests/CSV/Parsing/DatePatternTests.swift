import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayData

struct DatePatternTests {
    private let berlin = TimeZone(identifier: "Europe/Berlin") ?? .gmt

    @Test(arguments: [
        ("dd.MM.yyyy", "01.03.2026", "2026-03-01"), ("d.M.yyyy", "1.3.2026", "2026-03-01"),
        ("d.M.yyyy", "31.12.1999", "1999-12-31"), ("yyyyMMdd", "20240229", "2024-02-29"),
        ("MM/dd/yyyy", "12/31/2026", "2026-12-31"), ("'Tag' d M yyyy", "Tag 5 6 2026", "2026-06-05"),
    ])
    func aDayIsReadAsThePatternSays(_ pattern: String, _ text: String, _ day: String) {
        #expect(DatePattern(pattern)?.day(text) == day)
    }

    @Test(arguments: [
        ("dd.MM.yyyy", "1.3.2026"), ("dd.MM.yyyy", "29.02.2026"), ("dd.MM.yyyy", "01.13.2026"),
        ("dd.MM.yyyy", "00.01.2026"), ("dd.MM.yyyy", "01.03.26"), ("dd.MM.yyyy", "01.03.2026 "),
        ("dd.MM.yyyy", "01-03-2026"), ("dd.MM.yyyy", ""), ("dd.MM.yyyy HH:mm", "01.03.2026 24:00"),
        ("dd.MM.yyyy", "٠١.03.2026"),
    ])
    func whatIsNoSuchDayIsNone(_ pattern: String, _ text: String) { #expect(DatePattern(pattern)?.day(text) == nil) }

    @Test(arguments: [
        ("01.07.2026 12:00", "2026-07-01T10:00:00Z"), ("01.01.2026 00:30", "2025-12-31T23:30:00Z"),
        // The clock goes from 03:00 back to 02:00, and shows the hour twice: the first is meant.
        ("25.10.2026 02:30", "2026-10-25T00:30:00Z"), ("25.10.2026 03:00", "2026-10-25T02:00:00Z"),
        ("29.03.2026 01:59", "2026-03-29T00:59:00Z"), ("29.03.2026 03:00", "2026-03-29T01:00:00Z"),
    ])
    func aClockOfAZoneIsBroughtToUTC(_ text: String, _ time: String) {
        #expect(DatePattern("dd.MM.yyyy HH:mm")?.time(text, in: berlin) == time)
    }

    @Test func anHourThatTheClockPassedOverIsNone() {
        #expect(DatePattern("dd.MM.yyyy HH:mm")?.time("29.03.2026 02:30", in: berlin) == nil)
    }

    @Test func anOffsetInTheTextHolds() {
        let pattern = DatePattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ")
        #expect(pattern?.time("2026-03-01T09:30:00.125+02:00", in: berlin) == "2026-03-01T07:30:00.125Z")
        #expect(pattern?.time("2026-03-01T09:30:00.000Z", in: berlin) == "2026-03-01T09:30:00Z")
        #expect(pattern?.time("2026-03-01T09:30:00.000+2", in: berlin) == nil)
    }

    @Test(arguments: ["", "dd.MM", "dd.MM.yy", "dd.MM.yyyy q", "dd.MM.yyyy dd", "yyyy'MMdd", "yyyy-MM-dd ZZ", "HH:mm"])
    func aPatternThatTellsNoDayIsNone(_ pattern: String) { #expect(DatePattern(pattern) == nil) }

    @Test func noTextTrapsIt() {
        var numbers = SeededGenerator(seed: 3)
        let text = Array("2026-03-01T09:30:00.125+02:00".utf8)
        for _ in 0..<2_000 {
            let mutated = String(decoding: numbers.mutating(text), as: UTF8.self)
            let time = DatePattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ")?.time(mutated, in: berlin)
            #expect(time.map { Timestamp($0) != nil } ?? true)
            #expect(DatePattern(mutated).map { $0.text == mutated } ?? true)
        }
    }
}
