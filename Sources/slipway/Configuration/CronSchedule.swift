/// The minutes at which something recurs, in the five fields of cron: minute, hour, day of month, month, day of week.
///
/// Each field is `*`, a number, a range `1-5`, a step `*/15` or `8-18/2`, or a list of these with commas. Months and
/// days of the week may be names (`jan`, `mon`); Sunday is 0 or 7.
struct CronSchedule: Hashable, Sendable {
    /// The rule in words.
    static let rule = #"write five fields, minute hour day month weekday, such as "*/15 * * * *" or "0 3 1 * *""#

    /// Why a text is no schedule.
    struct Fault: Error, Equatable {
        /// The reason, with the field at fault.
        var reason: String
    }

    /// The text as it was written.
    let text: String
    /// The minutes of the hour, 0 to 59.
    let minutes: Set<Int>
    /// The hours of the day, 0 to 23.
    let hours: Set<Int>
    /// The days of the month, 1 to 31.
    let daysOfMonth: Set<Int>
    /// The months, 1 to 12.
    let months: Set<Int>
    /// The days of the week, 0 (Sunday) to 6.
    let daysOfWeek: Set<Int>
    /// Whether a day must fit both day fields; when both are restricted, cron takes a day that fits either.
    let mustFitBothDayFields: Bool

    /// Reads a schedule, or says why the text is none.
    static func parse(_ text: String) -> Result<CronSchedule, Fault> {
        Result { () throws(Fault) in try CronSchedule(text) }
    }

    private init(_ text: String) throws(Fault) {
        let fields = text.split(whereSeparator: \.isWhitespace)
        guard fields.count == 5 else {
            throw Fault(reason: "it has \(fields.count == 1 ? "1 field" : "\(fields.count) fields"); \(Self.rule)")
        }
        self.text = fields.joined(separator: " ")
        minutes = try CronField.minute.values(in: fields[0])
        hours = try CronField.hour.values(in: fields[1])
        daysOfMonth = try CronField.dayOfMonth.values(in: fields[2])
        months = try CronField.month.values(in: fields[3])
        daysOfWeek = Set(try CronField.dayOfWeek.values(in: fields[4]).map { $0 % 7 })
        mustFitBothDayFields = fields[2].hasPrefix("*") || fields[4].hasPrefix("*")
        let daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let everOccurs = months.contains { month in daysOfMonth.contains { $0 <= daysInMonth[month - 1] } }
        guard everOccurs || !mustFitBothDayFields else {
            throw Fault(reason: "day \(fields[2]) never occurs in month \(fields[3])")
        }
    }
}
