import SlipwayData

extension CronSchedule {
    /// The longest time between two occurrences: a 29th of February across a year such as 2100.
    private static let gapDaysMax: Int64 = 8 * 366

    /// The last minute of the schedule that had begun at a moment, in UTC; `nil` when there was none in eight years.
    ///
    /// - Complexity: O(days since then).
    func lastOccurrence(at now: Timestamp) -> Timestamp? {
        let minuteOfDay = (now.milliseconds - now.day * Timestamp.millisecondsPerDay) / 60_000
        for daysAgo in 0...Self.gapDaysMax {
            let day = now.day - daysAgo
            guard occurs(onDay: day) else { continue }
            let latest = daysAgo == 0 ? minuteOfDay : 24 * 60 - 1
            guard let minute = lastMinute(upTo: Int(latest)) else { continue }
            return Timestamp(milliseconds: day * Timestamp.millisecondsPerDay + Int64(minute) * 60_000)
        }
        return nil
    }

    /// Whether some minutes of a day, counted from 1970-01-01, are of the schedule.
    private func occurs(onDay day: Int64) -> Bool {
        let date = Timestamp(milliseconds: day * Timestamp.millisecondsPerDay).fields
        guard months.contains(Int(date.month)) else { return false }
        // 1970-01-01 was a Thursday.
        let weekday = Int(((day + 4) % 7 + 7) % 7)
        let (fitsMonth, fitsWeek) = (daysOfMonth.contains(Int(date.day)), daysOfWeek.contains(weekday))
        return mustFitBothDayFields ? fitsMonth && fitsWeek : fitsMonth || fitsWeek
    }

    /// The last minute of a day that is of the schedule and not after another.
    private func lastMinute(upTo latest: Int) -> Int? {
        hours.lazy.flatMap { hour in minutes.lazy.map { hour * 60 + $0 } }.filter { $0 <= latest }.max()
    }
}
