import SlipwayData

/// The rows of a query of DuckDB, whose connection and files are held until their end.
// Safe because one thread at a time asks for rows, and what stops them has a lock of its own.
final class DuckDBStream: RowStream, @unchecked Sendable {
    let columns: Table
    let timeout: Duration

    private let source: String
    private let limits: StreamLimits
    private let interrupter: Interrupter
    /// The rows, and the files that they are read from; `nil` behind the last one.
    private var open: Open?

    typealias Open = (rows: Rows, files: [OpenTable])

    /// Starts a query; blocks its thread.
    ///
    /// - Parameter start: Starts the query, gives its connection to the interrupter as soon as it has one, and says
    ///   what files it reads beside its database.
    /// - Throws: ``DataError`` that names the source.
    init(
        source: String, limits: StreamLimits, interrupter: Interrupter,
        _ start: (Interrupter) throws(DataError) -> Open
    ) throws(DataError) {
        self.source = source
        self.limits = limits
        self.interrupter = interrupter
        timeout = limits.timeout
        do throws(DataError) {
            let open = try start(interrupter)
            interrupter.rest()
            columns = try open.rows.none()
            self.open = open
        } catch {
            guard !interrupter.hasFired else { throw .timedOut(after: limits.timeout, source: source) }
            throw error.naming(source: source)
        }
    }

    /// Starts a query on a thread that may block.
    ///
    /// - Throws: ``DataError`` that names the source.
    static func starting(
        source: String, limits: StreamLimits, _ start: @escaping @Sendable (Interrupter) throws(DataError) -> Open
    ) async throws(DataError) -> DuckDBStream {
        let interrupter = Interrupter(after: limits.timeout)
        return try await BlockingWork.run(until: interrupter.stop) { () throws(DataError) in
            try DuckDBStream(source: source, limits: limits, interrupter: interrupter, start)
        }
    }

    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
        interrupter.begin(until: deadline)
        defer { interrupter.rest() }
        let files = open?.files ?? []
        do throws(DataError) {
            let rows = try open?.rows.next(within: limits)
            if rows == nil { open = nil }
            guard !interrupter.hasFired else { throw DataError.timedOut(after: timeout, source: source) }
            return rows
        } catch {
            open = nil
            guard !interrupter.hasFired else { throw .timedOut(after: timeout, source: source) }
            throw files.told(error).naming(source: source)
        }
    }

    func stop() { interrupter.stop() }
}
