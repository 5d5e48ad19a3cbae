import Dispatch

/// The threads over which a kernel may split the rows of one call.
///
/// Every row is computed by one thread as it would be alone, so that answers do not depend on the number of threads.
struct RowThreads: Sendable {
    /// The calling thread alone.
    static let one = RowThreads(1)

    /// The work that is worth a thread of its own, in nanoseconds: waking one takes several microseconds.
    static let leastPart = 40_000.0
    /// Parts are whole multiples of this many rows, as vectors and blocks want them.
    static let grain = 64

    /// The most threads, the calling one among them.
    let limit: Int

    init(_ limit: Int) { self.limit = max(limit, 1) }

    /// How many threads share some rows.
    func count(for rowCount: Int, nanosecondsPerRow cost: Double) -> Int {
        guard limit > 1, rowCount > Self.grain else { return 1 }
        let worthwhile = min(Double(rowCount) * cost / Self.leastPart, Double(limit))
        return max(min(Int(worthwhile), (rowCount + Self.grain - 1) / Self.grain), 1)
    }

    /// Runs a body for all rows, split where it pays; threads come from the pool of the system.
    ///
    /// - Parameters:
    ///   - cost: The estimated time that one row takes, in nanoseconds.
    ///   - body: Takes the first row of a part and the number of its rows.
    func split(_ rowCount: Int, nanosecondsPerRow cost: Double, _ body: (_ first: Int, _ count: Int) -> Void) {
        let parts = count(for: rowCount, nanosecondsPerRow: cost)
        guard parts > 1 else { return body(0, rowCount) }
        let grains = (rowCount + Self.grain - 1) / Self.grain
        withoutActuallyEscaping(body) { body in
            // Safe because every part has rows of its own, and all end before this returns.
            nonisolated(unsafe) let body = body
            DispatchQueue.concurrentPerform(iterations: parts) { part in
                let first = grains * part / parts * Self.grain
                let end = min(grains * (part + 1) / parts * Self.grain, rowCount)
                body(first, end - first)
            }
        }
    }
}
