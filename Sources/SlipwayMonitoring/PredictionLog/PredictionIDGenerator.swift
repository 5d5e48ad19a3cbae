import Foundation
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
        /// Random numbers drawn in advance.
        var reserve: [UInt64] = []
    }

    private static let sequenceMax: UInt16 = 0xFFF
    /// The counter starts in the lower half, so that at least 2,048 ids fit a millisecond.
    private static let sequenceStartMask: UInt64 = 0x7FF
    /// The random numbers that are drawn at once: as many as the system gives in one call (`getentropy`, 256 bytes).
    private static let reserveCount = 32

    private let clock: @Sendable () -> Timestamp
    private let random: @Sendable (Int) -> [UInt64]
    private let state = Mutex(State())

    /// Makes a generator.
    ///
    /// - Parameters:
    ///   - clock: The time of the next id.
    ///   - random: Gives as many random numbers as are asked for.
    public init(
        clock: @escaping @Sendable () -> Timestamp = { Timestamp.now() },
        random: @escaping @Sendable (Int) -> [UInt64] = PredictionIDGenerator.systemRandom
    ) {
        self.clock = clock
        self.random = random
    }

    /// The next id.
    public func next() -> PredictionID {
        let now = clock()
        return state.withLock { next(at: now, &$0) }
    }

    /// The next ids, in order.
    ///
    /// - Complexity: O(count).
    public func next(_ count: Int) -> [PredictionID] {
        let now = clock()
        return state.withLock { state in
            var ids: [PredictionID] = []
            ids.reserveCapacity(count)
            for _ in 0..<count { ids.append(next(at: now, &state)) }
            return ids
        }
    }

    /// Random numbers of the operating system.
    public static func systemRandom(_ count: Int) -> [UInt64] {
        [UInt64](unsafeUninitializedCapacity: count) { numbers, filled in
            if getentropy(numbers.baseAddress, count * MemoryLayout<UInt64>.size) != 0 {
                // More was asked for than one call gives.
                for index in 0..<count { numbers[index] = .random(in: .min ... .max) }
            }
            filled = count
        }
    }

    private func next(at now: Timestamp, _ state: inout State) -> PredictionID {
        if now > state.time {
            state.time = now
            state.sequence = UInt16(draw(&state) & Self.sequenceStartMask)
        } else if state.sequence < Self.sequenceMax {
            state.sequence += 1
        } else {
            state.time = state.time.adding(milliseconds: 1)
            state.sequence = UInt16(draw(&state) & Self.sequenceStartMask)
        }
        return PredictionID(time: state.time, sequence: state.sequence, random: draw(&state))
    }

    private func draw(_ state: inout State) -> UInt64 {
        if let number = state.reserve.popLast() { return number }
        state.reserve = random(Self.reserveCount)
        return state.reserve.popLast() ?? 0
    }
}
