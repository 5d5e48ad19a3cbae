import Testing

@testable import slipway

struct CronScheduleTests {
    @Test func fieldsExpandToTheirNumbers() throws {
        let schedule = try CronSchedule.parse("*/20 8-18/5 1,15 jan-mar,12 mon,7").get()
        #expect(schedule.minutes == [0, 20, 40])
        #expect(schedule.hours == [8, 13, 18])
        #expect(schedule.daysOfMonth == [1, 15])
        #expect(schedule.months == [1, 2, 3, 12])
        #expect(schedule.daysOfWeek == [0, 1])
        #expect(!schedule.mustFitBothDayFields)
    }

    @Test func aStepFromANumberRunsToTheEndOfTheRange() throws {
        #expect(try CronSchedule.parse("50/4 * * * *").get().minutes == [50, 54, 58])
    }

    @Test func spacesBetweenFieldsDoNotMatter() throws {
        #expect(try CronSchedule.parse("  0\t3  1 * * ").get().text == "0 3 1 * *")
    }

    @Test(arguments: [
        ("* * * *", "it has 4 fields"),
        ("", "it has 0 fields"),
        ("60 * * * *", "minute '60' is not 0 to 59"),
        ("* 24 * * *", "hour '24' is not 0 to 23"),
        ("* * 0 * *", "day of the month '0' is not 1 to 31"),
        ("* * * 13 *", "month '13' is not 1 to 12"),
        ("* * * * 8", "day of the week '8' is not 0 to 7"),
        ("* * * * mo", "day of the week 'mo' is not 0 to 7"),
        ("*/0 * * * *", "the step in minute '*/0' must be 1 to 59"),
        ("5-1 * * * *", "the minute range '5-1' runs backwards"),
        ("1,,2 * * * *", "minute '' is not 0 to 59"),
        ("-1 * * * *", "minute '' is not 0 to 59"),
        ("1-2-3 * * * *", "minute '1-2-3' is not 0 to 59"),
        ("*/5/5 * * * *", "minute '*/5/5' is not 0 to 59"),
        ("99999999999999999999 * * * *", "is not 0 to 59"),
        ("0 0 31 2,4 *", "day 31 never occurs in month 2,4"),
    ])
    func aTextThatIsNoScheduleSaysWhichFieldIsWrong(text: String, reason: String) {
        guard case .failure(let fault) = CronSchedule.parse(text) else {
            Issue.record("\(text) was read as a schedule")
            return
        }
        #expect(fault.reason.contains(reason), "\(fault.reason)")
    }

    @Test func theLeapDayOccurs() throws {
        #expect(try CronSchedule.parse("0 0 29 2 *").get().daysOfMonth == [29])
    }
}
