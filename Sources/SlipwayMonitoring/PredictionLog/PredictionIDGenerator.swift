public import SlipwayData
import Synchronization

/// Makes prediction ids, each greater than the one before, from any number of threads.
///
/// Within a millisecond a 12-bit counter grows from a random start (RFC 9562, 6.2, method 1); when it is used up, or
/// when the clock steps back, the time of the ids runs ahead of the clock instead of repeating.
public final class PredictionIDGenerator: Sendable {
    private struct State {
        var time = Timestamp.earliest
        var sequence: UInt16 = 0
    }

    private static let sequenceMax: UInt16 = 0xFFF
    /// The counter starts in the lower half, so that at least 2,048 ids fit a millisecond.
    private static let sequenceStartMask: UInt64 = 0x7FF

    private let clock: @Sendable () -> Timestamp
    private let random: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// Makes a generator.
    public init(
        clock: @escaping @Sendable () -> Timestamp = { Timestamp.now() },
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) {
        self.clock = clock
        self.random = random
    }

    /// The next id.
    public func next() -> PredictionID {
        let now = clock()
        let (start, tail) = (random(), random())
        return state.withLock { state in
            if now > state.time {
                state = State(time: now, sequence: UInt16(start & Self.sequenceStartMask))
            } else if state.sequence < Self.sequenceMax {
                state.sequence += 1
            } else {
                state = State(
                    time: state.time.adding(milliseconds: 1), sequence: UInt16(start & Self.sequenceStartMask))
            }
            return PredictionID(time: state.time, sequence: state.sequence, random: tail)
        }
    }
}
