/// The form that dates and times of a source have in a table: ISO 8601, with as many decimals as they need.
package enum ISOText {
    /// The bytes of a date, `2026-03-01`.
    package static let dateByteCount = 10
    /// The bytes of a moment to the second, without its offset.
    package static let secondByteCount = 19
    private static let clockByteCount = 8
    private static let decimalGroup = 3

    /// A date, such as `2026-03-01`; `nil` outside the years 0 to 9999.
    package static func date(days: Int64) -> String? {
        let (milliseconds, overflow) = days.multipliedReportingOverflow(by: Timestamp.millisecondsPerDay)
        return overflow ? nil : text(milliseconds: milliseconds).map { String($0.prefix(dateByteCount)) }
    }

    /// A time, such as `2026-03-01T09:30:00.125`.
    ///
    /// - Parameters:
    ///   - count: The parts of seconds since 1970.
    ///   - perSecond: How many parts a second has: a power of ten.
    ///   - isUTC: Whether to write the `Z`.
    /// - Returns: `nil` outside the years 0 to 9999.
    package static func time(_ count: Int64, perSecond: Int64, isUTC: Bool) -> String? {
        let (seconds, rest) = (Timestamp.floorDivision(count, perSecond), count % perSecond)
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflow, let whole = text(milliseconds: milliseconds) else { return nil }
        // One before the parts keeps the zeros with which they may begin.
        let decimals = String(rest < 0 ? rest + perSecond * 2 : rest + perSecond).dropFirst()
        return time(
            date: whole.prefix(dateByteCount), clock: whole.dropFirst(dateByteCount + 1).prefix(clockByteCount),
            decimals: decimals, isUTC: isUTC)
    }

    /// A time of the given parts, such as `2026-03-01`, `09:30:00`, and `5`: decimals come in groups of three.
    package static func time(date: Substring, clock: Substring, decimals: Substring, isUTC: Bool) -> String {
        var digits = String(decimals)
        while digits.utf8.count % decimalGroup != 0 { digits.append("0") }
        while digits.hasSuffix("000") { digits.removeLast(decimalGroup) }
        return "\(date)T\(clock)\(digits.isEmpty ? "" : ".")\(digits)\(isUTC ? "Z" : "")"
    }

    private static func text(milliseconds: Int64) -> String? {
        let moment = Timestamp(milliseconds: milliseconds)
        return moment.milliseconds == milliseconds ? moment.description : nil
    }
}
