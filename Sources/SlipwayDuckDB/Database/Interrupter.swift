import Dispatch
import SlipwayData
import Synchronization

/// Stops what runs on a connection once its time is over, or it is no longer wanted.
///
/// The library forgets an interrupt that comes between two statements, so it is repeated until the watch ends.
final class Interrupter: Sendable {
    /// The seconds between two interrupts.
    private static let period = 0.02

    private struct State {
        var database: Database?
        var hasFired = false
    }

    private let state = Mutex(State())
    /// A queue of its own, which has a thread even when those that all queues share are busy.
    private let queue = DispatchQueue(label: "slipway.duckdb.interrupter")

    /// Starts to wait for a moment.
    init(after time: Duration) { fire(after: max(0, min(time / .seconds(1), 1e9))) }

    /// Whether anything was stopped, or would have been.
    var hasFired: Bool { state.withLock { $0.hasFired } }

    /// Watches over a connection.
    func watch(_ database: Database) { state.withLock { $0.database = database } }

    /// Stops the work now.
    func stop() { fire(after: 0) }

    private func fire(after seconds: Double) {
        queue.asyncAfter(deadline: .now() + seconds) { [weak self] in self?.fire() }
    }

    private func fire() {
        let database = state.withLock { state in
            state.hasFired = true
            return state.database
        }
        database?.interrupt()
        fire(after: Self.period)
    }
}
