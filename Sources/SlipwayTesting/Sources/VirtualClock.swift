import SlipwayData
import Synchronization

/// A clock that stands still until a test moves it.
public final class VirtualClock: Clock {
    /// A moment, counted from the clock's start.
    public struct Instant: InstantProtocol {
        /// The time since the start.
        public var offset: Duration

        /// Makes a moment.
        public init(offset: Duration) { self.offset = offset }

        /// The moment so much later.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        /// The time from here to another moment.
        public func duration(to other: Instant) -> Duration { other.offset - offset }
        /// Whether one moment is before another.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        var number: Int
        var deadline: Instant
        var outcome: FirstOutcome<Bool>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Sleeper] = []
        var lastNumber = 0
    }

    private let state = Mutex(State())

    /// Starts a clock at zero.
    public init() {}

    /// The moment at which the clock stands.
    public var now: Instant { state.withLock { $0.now } }
    /// No time is too short.
    public var minimumResolution: Duration { .zero }
    /// The moments that are waited for, the first ones first.
    public var deadlines: [Instant] { state.withLock { $0.sleepers.map(\.deadline).sorted() } }

    /// Waits until the clock is moved to a moment.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let outcome = FirstOutcome<Bool>()
        let number = state.withLock { state in
            state.lastNumber += 1
            if deadline <= state.now {
                outcome.decide(true)
            } else {
                state.sleepers.append(Sleeper(number: state.lastNumber, deadline: deadline, outcome: outcome))
            }
            return state.lastNumber
        }
        let isOver = await withTaskCancellationHandler {
            await outcome.value
        } onCancel: {
            state.withLock { $0.sleepers.removeAll { $0.number == number } }
            outcome.decide(false)
        }
        guard isOver else { throw CancellationError() }
    }

    /// Moves the clock on, and wakes whom that concerns.
    public func advance(to moment: Instant) {
        let woken = state.withLock { state in
            state.now = max(state.now, moment)
            let woken = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return woken
        }
        for sleeper in woken { sleeper.outcome.decide(true) }
    }
}
