import SlipwayData
import SlipwaySQL

/// The rows of a query of SQLite.
final class SQLiteStream: RowStream {
    let timeout: Duration

    private let source: String
    private let rows: SQLiteRows
    private let stopSwitch: StopSwitch

    /// Starts a query; blocks its thread.
    ///
    /// - Throws: ``DataError`` that names the source.
    init(
        source: String, limits: StreamLimits, stopSwitch: StopSwitch = StopSwitch(),
        _ start: (ContinuousClock.Instant, StopSwitch) throws -> SQLiteRows
    ) throws(DataError) {
        self.source = source
        self.stopSwitch = stopSwitch
        timeout = limits.timeout
        do {
            rows = try start(.now + limits.timeout, stopSwitch)
        } catch let error as SQLError where error.kind == .interrupted {
            throw .timedOut(after: limits.timeout, source: source)
        } catch {
            throw DataError(error, source: source)
        }
    }

    /// Starts a query on a thread that may block.
    ///
    /// - Throws: ``DataError`` that names the source.
    static func starting(
        source: String, limits: StreamLimits,
        _ start: @escaping @Sendable (ContinuousClock.Instant, StopSwitch) throws -> SQLiteRows
    ) async throws(DataError) -> SQLiteStream {
        let stopSwitch = StopSwitch()
        return try await BlockingWork.run(until: stopSwitch.turnOn) { () throws(DataError) in
            try SQLiteStream(source: source, limits: limits, stopSwitch: stopSwitch, start)
        }
    }

    var columns: Table { rows.columns }

    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
        do throws(SQLError) {
            return try rows.next(until: deadline)
        } catch {
            throw error.kind == .interrupted
                ? .timedOut(after: timeout, source: source) : DataError(error, source: source)
        }
    }

    func stop() { stopSwitch.turnOn() }
}
