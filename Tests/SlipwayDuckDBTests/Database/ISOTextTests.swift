import Testing

@testable import SlipwayDuckDB

struct ISOTextTests {
    private static let cases: [(count: Int64, perSecond: Int64, text: String)] = [
        (0, 1, "1970-01-01T00:00:00"), (-1, 1, "1969-12-31T23:59:59"), (-1, 1_000, "1969-12-31T23:59:59.999"),
        (-1, 1_000_000, "1969-12-31T23:59:59.999999"), (1_500_000, 1_000_000, "1970-01-01T00:00:01.500"),
        (1, 1_000_000_000, "1970-01-01T00:00:00.000000001"), (253_402_300_799, 1, "9999-12-31T23:59:59"),
    ]

    @Test(arguments: cases)
    func timesHaveTheDecimalsThatTheyNeed(count: Int64, perSecond: Int64, text: String) {
        #expect(ISOText.time(count, perSecond: perSecond, isUTC: false) == text)
        #expect(ISOText.time(count, perSecond: perSecond, isUTC: true) == text + "Z")
    }

    @Test(arguments: [253_402_300_800, .max, .min] as [Int64])
    func timesBeyondTheCalendarAreNone(count: Int64) {
        #expect(ISOText.time(count, perSecond: 1, isUTC: false) == nil)
        #expect(ISOText.date(days: count) == nil)
    }
}
