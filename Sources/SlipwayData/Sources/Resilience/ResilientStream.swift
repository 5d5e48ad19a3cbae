import Synchronization

/// A stream whose first rows are there, and which holds its place among the queries of a source until it ends.
final class ResilientStream: RowStream {
    private let base: any RowStream
    private let first: Mutex<Table?>
    private let turn: HeldTurn
    private let failing: @Sendable (DataError) -> DataError

    /// - Parameters:
    ///   - first: The first rows, which were asked for already; `nil` for a stream without any.
    ///   - failing: Takes note of a failure, and gives what is told of it.
    init(
        _ base: any RowStream, first: Table?, turn: HeldTurn, failing: @escaping @Sendable (DataError) -> DataError
    ) {
        self.base = base
        self.first = Mutex(first)
        self.turn = turn
        self.failing = failing
        if first == nil { turn.giveBack() }
    }

    deinit { turn.giveBack() }

    var columns: Table { base.columns }

    var timeout: Duration { base.timeout }

    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
        if let rows = first.withLock({ $0.take() }) { return rows }
        do {
            let rows = try base.next(until: deadline)
            if rows == nil { turn.giveBack() }
            return rows
        } catch {
            turn.giveBack()
            throw failing(error)
        }
    }

    func stop() {
        first.withLock { $0 = nil }
        base.stop()
    }
}
