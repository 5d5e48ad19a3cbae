/// A moment in UTC to the millisecond, as the logs write it.
///
/// Written by RFC 3339 with three decimals: `2026-03-01T09:30:00.125Z`.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// The milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let milliseconds: Int64

    /// The milliseconds of a day.
    package static let millisecondsPerDay: Int64 = 86_400_000
    private static let earliestMilliseconds: Int64 = -62_167_219_200_000
    private static let latestMilliseconds: Int64 = 253_402_300_799_999

    /// The first moment of the year 0.
    public static let earliest = Timestamp(milliseconds: earliestMilliseconds)
    /// The last millisecond of the year 9999.
    public static let latest = Timestamp(milliseconds: latestMilliseconds)

    /// Makes a moment; one outside the years 0 to 9999 is brought to the nearer end.
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.earliestMilliseconds), Self.latestMilliseconds)
    }

    /// The moment that lies the given milliseconds later, or earlier for negative ones.
    public func adding(milliseconds more: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        return Timestamp(milliseconds: overflow ? (more > 0 ? .max : .min) : sum)
    }

    /// Whether the left moment is earlier.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The days since 1970-01-01, rounded down.
    package var day: Int64 { Self.floorDivision(milliseconds, Self.millisecondsPerDay) }

    package static func floorDivision(_ number: Int64, _ divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }
}
