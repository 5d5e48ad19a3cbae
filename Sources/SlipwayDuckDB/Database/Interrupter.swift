import Dispatch
import SlipwayData
import Synchronization

/// Stops what runs on a connection once its time is over, or it is no longer wanted.
///
/// The library forgets an interrupt that comes between two statements, so it is repeated until the watch ends.
final class Interrupter: Sendable {
    /// The time between two interrupts.
    private static let period = Duration.milliseconds(20)
    /// The longest time that is waited for.
    private static let timeMax = Duration.seconds(1_000_000_000)

    private struct State {
        var database: Database?
        /// When the work is stopped; `nil` while none runs.
        var deadline: ContinuousClock.Instant?
        /// The next look at the deadline, of which there is one at a time.
        var look: ContinuousClock.Instant?
        var hasFired = false
    }

    private let state = Mutex(State())
    /// A queue of its own, which has a thread even when those that all queues share are busy.
    private let queue = DispatchQueue(label: "slipway.duckdb.interrupter")

    /// Starts to wait for a moment.
    init(after time: Duration) { begin(until: .now + min(time, Self.timeMax)) }

    /// Whether anything was stopped, or would have been.
    var hasFired: Bool { state.withLock { $0.hasFired } }

    /// Watches over a connection.
    func watch(_ database: Database) { state.withLock { $0.database = database } }

    /// Starts to wait for another moment.
    func begin(until deadline: ContinuousClock.Instant) {
        state.withLock { state in
            guard !state.hasFired else { return }
            state.deadline = deadline
            look(at: deadline, &state)
        }
    }

    /// Waits no longer, as nothing runs.
    func rest() { state.withLock { if !$0.hasFired { $0.deadline = nil } } }

    /// Stops the work now.
    func stop() {
        state.withLock { state in
            state.hasFired = true
            state.deadline = .now
            look(at: .now, &state)
        }
    }

    private func look(at moment: ContinuousClock.Instant, _ state: inout State) {
        if let look = state.look, look <= moment { return }
        state.look = moment
        let seconds = max(0, min(moment - .now, Self.timeMax) / .seconds(1))
        queue.asyncAfter(deadline: .now() + seconds) { [weak self] in self?.look() }
    }

    private func look() {
        let database = state.withLock { state -> Database? in
            state.look = nil
            guard let deadline = state.deadline else { return nil }
            guard deadline <= .now else {
                look(at: deadline, &state)
                return nil
            }
            state.hasFired = true
            look(at: .now + Self.period, &state)
            return state.database
        }
        database?.interrupt()
    }
}
