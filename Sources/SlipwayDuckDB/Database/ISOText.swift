import SlipwayData

/// Dates and times as ISO 8601 writes them.
enum ISOText {
    private static let millisecondsPerDay: Int64 = 86_400_000
    private static let dateLength = 10

    /// A date, such as `2026-03-01`; `nil` outside the years 0 to 9999.
    static func date(days: Int64) -> String? {
        let (milliseconds, overflow) = days.multipliedReportingOverflow(by: millisecondsPerDay)
        return overflow ? nil : text(milliseconds: milliseconds).map { String($0.prefix(dateLength)) }
    }

    /// A time, such as `2026-03-01T09:30:00.125`, with as many decimals as it needs, in groups of three.
    ///
    /// - Parameters:
    ///   - count: The parts of seconds since 1970.
    ///   - isUTC: Whether to write the `Z`.
    /// - Returns: `nil` outside the years 0 to 9999.
    static func time(_ count: Int64, perSecond: Int64, isUTC: Bool) -> String? {
        var (seconds, rest) = count.quotientAndRemainder(dividingBy: perSecond)
        if rest < 0 { (seconds, rest) = (seconds - 1, rest + perSecond) }
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflow, let whole = text(milliseconds: milliseconds) else { return nil }
        let end = isUTC ? "Z" : ""
        let upToSeconds = whole.prefix { $0 != "." }
        guard rest > 0 else { return upToSeconds + end }
        let width = String(perSecond).count - 1
        var digits = String(repeating: "0", count: width - String(rest).count) + String(rest)
        while digits.hasSuffix("000") { digits.removeLast(3) }
        return "\(upToSeconds).\(digits)\(end)"
    }

    private static func text(milliseconds: Int64) -> String? {
        let moment = Timestamp(milliseconds: milliseconds)
        return moment.milliseconds == milliseconds ? moment.description : nil
    }
}
