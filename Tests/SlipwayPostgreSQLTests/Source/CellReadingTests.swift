import SlipwayData
import Testing

@testable import SlipwayPostgreSQL

struct CellReadingTests {
    @Test(arguments: [
        ("2026-03-01 09:30:00", "2026-03-01T09:30:00"), ("2026-03-01 09:30:00.5", "2026-03-01T09:30:00.500"),
        ("2026-03-01 09:30:00.123456+00", "2026-03-01T09:30:00.123456Z"),
        ("0044-03-15 12:00:00 BC", "0044-03-15 12:00:00 BC"), ("12026-03-01 09:30:00", "12026-03-01 09:30:00"),
        ("infinity", "infinity"),
    ])
    func aTimeIsWrittenAsISO8601(_ text: String, _ expected: String) {
        #expect(CellReading.timestamp(text) == expected)
    }

    @Test func aTextThatItsTypeNeverHasIsNoValue() {
        #expect(CellReading(type: 16).value(of: "yes") == nil)
        #expect(CellReading(type: 20).value(of: "9223372036854775808") == nil)
        #expect(CellReading(type: 701).value(of: "one") == nil)
    }
}
