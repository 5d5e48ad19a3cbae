import SlipwayData

/// The header by which a server says when to ask again: a number of seconds, or a moment (RFC 9110, 10.2.3).
struct RetryAfter {
    /// The longest time that is understood: a year.
    private static let secondsMax = 31_536_000
    private static let months = [
        "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11,
        "Dec": 12,
    ]

    /// The time to wait.
    let duration: Duration

    /// Reads a header; `nil` for what is neither.
    init?(_ text: String, now: Timestamp) {
        if let seconds = Int(text), seconds >= 0 {
            duration = .seconds(min(seconds, Self.secondsMax))
            return
        }
        guard let moment = Self.moment(text) else { return nil }
        let milliseconds = max(0, min(moment.milliseconds - now.milliseconds, Int64(Self.secondsMax) * 1_000))
        duration = .milliseconds(milliseconds)
    }

    /// Reads the form of today, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func moment(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2, let month = months[String(parts[2])] else {
            return nil
        }
        return Timestamp("\(parts[3])-\(month < 10 ? "0" : "")\(month)-\(parts[1])T\(parts[4])Z")
    }
}
