import SlipwayData
import Testing

@testable import slipway

struct CronScheduleOccurrenceTests {
    @Test(arguments: [
        ("*/15 * * * *", "2026-03-01T09:44:59.999Z", "2026-03-01T09:30:00.000Z"),
        ("*/15 * * * *", "2026-03-01T09:45:00.000Z", "2026-03-01T09:45:00.000Z"),
        ("*/15 * * * *", "2026-03-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"),
        ("50 23 * * *", "2026-01-01T00:10:00.000Z", "2025-12-31T23:50:00.000Z"),
        ("0 3 1 * *", "2026-03-01T02:59:00.000Z", "2026-02-01T03:00:00.000Z"),
        ("0 8 * * 1", "2026-11-22T12:00:00.000Z", "2026-11-16T08:00:00.000Z"),
        ("0 8 * * sun", "2026-11-22T12:00:00.000Z", "2026-11-22T08:00:00.000Z"),
        ("0 0 13 * 5", "2026-11-22T12:00:00.000Z", "2026-11-20T00:00:00.000Z"),
        ("0 0 29 2 *", "2101-01-01T00:00:00.000Z", "2096-02-29T00:00:00.000Z"),
        ("30 1,13 * * *", "1969-12-31T12:00:00.000Z", "1969-12-31T01:30:00.000Z"),
    ])
    func theLastTimeIsTheOneThatHadBegun(text: String, now: String, last: String) throws {
        let schedule = try CronSchedule.parse(text).get()
        #expect(schedule.lastOccurrence(at: try #require(Timestamp(now))) == Timestamp(last))
    }
}
