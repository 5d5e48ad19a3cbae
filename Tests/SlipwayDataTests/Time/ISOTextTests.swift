import Testing

@testable import SlipwayData

struct ISOTextTests {
    private static let cases: [(count: Int64, perSecond: Int64, text: String)] = [
        (0, 1, "1970-01-01T00:00:00"), (-1, 1, "1969-12-31T23:59:59"), (-1, 1_000, "1969-12-31T23:59:59.999"),
        (-1, 1_000_000, "1969-12-31T23:59:59.999999"), (1_500_000, 1_000_000, "1970-01-01T00:00:01.500"),
        (1, 1_000_000_000, "1970-01-01T00:00:00.000000001"), (253_402_300_799, 1, "9999-12-31T23:59:59"),
        (.min, 1_000_000_000, "1677-09-21T00:12:43.145224192"),
    ]

    @Test(arguments: cases)
    func timesHaveTheDecimalsThatTheyNeed(count: Int64, perSecond: Int64, text: String) {
        #expect(ISOText.time(count, perSecond: perSecond, isUTC: false) == text)
        #expect(ISOText.time(count, perSecond: perSecond, isUTC: true) == text + "Z")
    }

    @Test(arguments: [("", ""), ("0", ""), ("5", ".500"), ("123456", ".123456"), ("1234567", ".123456700")])
    func decimalsComeInGroupsOfThree(decimals: String, written: String) {
        let text = ISOText.time(date: "2026-03-01", clock: "09:30:00", decimals: decimals[...], isUTC: true)
        #expect(text == "2026-03-01T09:30:00\(written)Z")
    }

    @Test func datesAreCountedFrom1970() {
        #expect(ISOText.date(days: 0) == "1970-01-01")
        #expect(ISOText.date(days: -1) == "1969-12-31")
        #expect(ISOText.date(days: 20_513) == "2026-03-01")
    }

    @Test(arguments: [253_402_300_800, .max, .min] as [Int64])
    func timesBeyondTheCalendarAreNone(count: Int64) {
        #expect(ISOText.time(count, perSecond: 1, isUTC: false) == nil)
        #expect(ISOText.date(days: count) == nil)
    }
}
