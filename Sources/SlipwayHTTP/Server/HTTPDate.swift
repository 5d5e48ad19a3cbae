import Foundation
import SlipwayData
import Synchronization

/// The time in the form of the header `Date`, spelled once a second.
final class HTTPDate: Sendable {
    private struct State {
        var second: time_t = -1
        var text = ""
    }

    private let state = Mutex(State())

    /// The time now.
    var now: String {
        let second = time(nil)
        return state.withLock { state in
            if state.second != second {
                state = State(second: second, text: Timestamp(milliseconds: Int64(second) * 1_000).httpText)
            }
            return state.text
        }
    }
}
