extension Timestamp {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    /// The place of 1970-01-01 in its week.
    private static let weekdayOfFirstDay: Int64 = 4

    /// The moment to the second as headers of HTTP carry it (RFC 9110, 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    package var httpText: String {
        let (fields, text) = (fields, description)
        let place = day + Self.weekdayOfFirstDay
        let weekday = Self.weekdays[Int(place - Self.floorDivision(place, 7) * 7)]
        let (date, clock) = (text.prefix(10), text.dropFirst(11).prefix(8))
        return "\(weekday), \(date.suffix(2)) \(Self.months[Int(fields.month) - 1]) \(date.prefix(4)) \(clock) GMT"
    }
}
