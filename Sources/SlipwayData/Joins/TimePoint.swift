/// A moment as exactly as a column tells it, so that what is later by a nanosecond counts as later.
///
/// A number stands for itself, whatever its unit. A text is RFC 3339 with up to nine decimals, with a `T` or a space
/// between date and time; without an offset it is in UTC, and a date alone is its midnight in UTC.
package struct TimePoint: Comparable, Hashable, Sendable {
    /// The whole part: of a number, or the seconds since 1970.
    let whole: Int64
    /// What is left of it, from 0 up to 1; billionths of a second of a text.
    let fraction: Double

    private static let decimalCountMax = 9

    /// Whether a moment comes before another one.
    package static func < (left: TimePoint, right: TimePoint) -> Bool {
        left.whole == right.whole ? left.fraction < right.fraction : left.whole < right.whole
    }

    /// Whether this moment lies at most so many milliseconds before a later one.
    func isWithin(milliseconds: Int64, of later: TimePoint) -> Bool {
        let limit = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        let (reach, overflow) = whole.addingReportingOverflow(limit.quotient)
        guard !overflow else { return true }
        let nanoseconds = (fraction * 1e9).rounded() + Double(limit.remainder) * 1e6
        let carried = nanoseconds >= 1e9
        let end = TimePoint(
            whole: carried ? reach + 1 : reach, fraction: (carried ? nanoseconds - 1e9 : nanoseconds) / 1e9)
        return later <= end
    }

    /// The moments of a column.
    ///
    /// - Throws: ``DataError``: `malformed` for those that are missing or no time, with how many and the first of them,
    ///   `wrongType` for truth values.
    package static func all(of column: Column, in holder: String) throws(DataError) -> [TimePoint] {
        if column.type == .boolean {
            throw DataError(.wrongType, "'\(column.name)' of \(holder) holds truth values, not times")
        }
        var moments: [TimePoint] = []
        moments.reserveCapacity(column.count)
        var missing: [Int] = []
        var broken: [Int] = []
        for row in 0..<column.count {
            let cell = column[row]
            if let moment = TimePoint(cell) {
                moments.append(moment)
            } else if cell.isMissing {
                missing.append(row)
            } else {
                broken.append(row)
            }
        }
        if let first = broken.first {
            throw DataError(
                .malformed,
                "'\(column.name)' of \(holder) is no time in \(CountText.text(broken.count)) of "
                    + "\(CountText.text(column.count)) rows, first in row \(first + 1): "
                    + "'\(column[first].text.prefix(60))'",
                hint: "Let the query give times such as 2026-03-01T09:30:00Z.")
        }
        if let first = missing.first {
            throw DataError(
                .malformed,
                "'\(column.name)' of \(holder) is missing in \(CountText.text(missing.count)) of "
                    + "\(CountText.text(column.count)) rows, first in row \(first + 1)",
                hint: "Leave such rows out of the query: where \(column.name) is not null.")
        }
        return moments
    }

    /// The moment as a time since 1970 in UTC; meant for one that a text told.
    package var timestamp: Timestamp { Timestamp(milliseconds: whole * 1_000 + Int64(fraction * 1_000)) }

    private init(whole: Int64, fraction: Double) {
        self.whole = whole
        self.fraction = fraction
    }

    /// The moment that a cell tells; `nil` for none.
    package init?(_ cell: Value) {
        switch cell {
        case .integer(let whole): self.init(whole: whole, fraction: 0)
        case .number(let number):
            guard let whole = Int64(exactly: number.rounded(.down)) else { return nil }
            self.init(whole: whole, fraction: number - number.rounded(.down))
        case .string(let text): self.init(text)
        case .boolean, .missing: return nil
        }
    }

    private init?(_ text: String) {
        var seconds = Substring(text)
        var decimals = Substring()
        if let point = text.firstIndex(of: ".") {
            let after = text[text.index(after: point)...]
            decimals = after.prefix { ("0"..."9").contains($0) }
            guard !decimals.isEmpty, decimals.utf8.count <= Self.decimalCountMax else { return nil }
            seconds = text[..<point] + after[decimals.endIndex...]
            // A point stands behind seconds alone.
            guard text[..<point].utf8.count == ISOText.secondByteCount else { return nil }
        }
        guard let moment = Self.moment(String(seconds)) else { return nil }
        let digits = decimals + String(repeating: "0", count: Self.decimalCountMax - decimals.utf8.count)
        self.init(
            whole: Timestamp.floorDivision(moment.milliseconds, 1_000), fraction: (Double(digits) ?? 0) / 1e9)
    }

    /// A moment to the second, with or without its offset and its time of day.
    private static func moment(_ text: String) -> Timestamp? {
        if text.utf8.count == ISOText.dateByteCount { return Timestamp("\(text)T00:00:00Z") }
        return Timestamp(text) ?? Timestamp(text + "Z")
    }
}
