public import SlipwayData
import Synchronization

/// The rows of a table as a stream.
public final class InMemoryStream: RowStream {
    private struct State {
        var position = 0
        var isStopped = false
    }

    private let table: Table
    private let limits: StreamLimits
    private let state = Mutex(State())

    /// Starts at the first row.
    public init(_ table: Table, limits: StreamLimits) {
        self.table = table
        self.limits = limits
    }

    /// The columns of the table.
    public var columns: Table { table.selecting(rows: []) }

    /// The time of the limits.
    public var timeout: Duration { limits.timeout }

    /// The next rows of the table.
    public func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
        let rows = state.withLock { state -> Range<Int>? in
            guard !state.isStopped else { return nil }
            let start = state.position
            state.position = min(start + limits.rowCountMax, table.rowCount)
            return start..<state.position
        }
        guard let rows else { throw DataError(.sourceFailed, "the stream was stopped") }
        return rows.isEmpty ? nil : table.selecting(rows: Array(rows))
    }

    /// Gives no further rows.
    public func stop() { state.withLock { $0.isStopped = true } }
}
