import Synchronization

/// Hands out 0, 1, 2, … in place of random numbers.
final class Draws: Sendable {
    private let count = Mutex<UInt64>(0)

    func next() -> UInt64 {
        count.withLock { count in
            defer { count += 1 }
            return count
        }
    }
}
