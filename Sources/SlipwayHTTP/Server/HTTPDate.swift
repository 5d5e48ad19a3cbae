import Foundation
import Synchronization

/// The time in the form of the header `Date` (RFC 9110, 5.6.7), spelled once a second.
final class HTTPDate: Sendable {
    private struct State {
        var second: time_t = -1
        var text = ""
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private let state = Mutex(State())

    /// The time now.
    var now: String {
        let second = time(nil)
        return state.withLock { state in
            if state.second != second { state = State(second: second, text: Self.text(of: second)) }
            return state.text
        }
    }

    /// A time, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func text(of second: time_t) -> String {
        var (second, parts) = (second, tm())
        gmtime_r(&second, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
        let time = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        return "\(days[Int(parts.tm_wday)]), \(date) \(time) GMT"
    }
}
