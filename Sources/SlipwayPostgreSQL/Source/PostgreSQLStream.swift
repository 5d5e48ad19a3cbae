import CPostgreSQL
import SlipwayData

/// The rows of a query of PostgreSQL, through a cursor of a connection that is closed at their end.
///
/// The server is asked for a page of rows at a time, and what it sends of a page is read row by row: however long the
/// rows are, no more of them are held than one batch. Safe because one thread at a time asks for rows, and the switch
/// has a lock of its own.
final class PostgreSQLStream: RowStream, @unchecked Sendable {
    /// The rows of the first page; of further ones it is as many as make a batch by what came before.
    static let firstPageRowCount = 64
    private static let cursor = "slipway_rows"

    let columns: Table
    let timeout: Duration

    private let source: String
    private let limits: StreamLimits
    private let stopSwitch: StopSwitch
    private var open: Open?
    private var first: Table?

    /// A connection while there are rows to come.
    private struct Open {
        let connection: Connection
        var rows: ReadRows?
        /// The rows that the page may have that is being read, and those that it had so far; `nil` between two pages.
        var page: (size: Int, rowCount: Int)?
        var isEnded = false
        /// The rows of all pages so far.
        var rowCount = 0
        /// The bytes of their cells.
        var byteCount = 0
    }

    /// Connects, and reads the first rows.
    ///
    /// - Throws: ``DataError`` that names the source.
    init(
        _ query: String, of address: String, source: String, limits: StreamLimits, functions: PGFunctions,
        stopSwitch: StopSwitch
    ) throws(DataError) {
        self.source = source
        self.limits = limits
        self.stopSwitch = stopSwitch
        timeout = limits.timeout
        let deadline = ContinuousClock.now + limits.timeout
        (open, first, columns) = try Self.telling(source, limits) { () throws in
            let connection = try Connection(to: address, until: deadline, unless: stopSwitch, functions: functions)
            try Self.begin(query, on: connection, limits)
            var open = Open(connection: connection)
            let first = try Self.read(&open, limits)
            return (open, first, try open.rows?.none() ?? Table(columns: []))
        }
    }

    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
        do throws(DataError) {
            guard !stopSwitch.isOn else { throw .timedOut(after: timeout, source: source) }
            if let first = first.take() { return first }
            guard var reading = open.take() else { return nil }
            reading.connection.deadline = deadline
            let rows = try Self.telling(source, limits) { () throws in try Self.read(&reading, limits) }
            if rows != nil { open = reading }
            return rows
        } catch {
            (open, first) = (nil, nil)
            throw error
        }
    }

    func stop() { stopSwitch.turnOn() }

    private static func begin(_ query: String, on connection: Connection, _ limits: StreamLimits) throws(ServerProblem)
    {
        let milliseconds = max(1, Int(min(limits.timeout / .milliseconds(1), 2e9)))
        for statement in [
            "begin transaction read only", "set local datestyle to iso", "set local timezone to 'UTC'",
            "set local extra_float_digits to 1", "set local statement_timeout to \(milliseconds)",
            // Whoever uses the rows may take their time between two batches.
            "set local idle_in_transaction_session_timeout to 0",
            // A cursor is for one query: what writes or ends the transaction is no statement that it takes.
            "declare \(Self.cursor) no scroll cursor for\n\(query)",
        ] { _ = try connection.run(statement) }
    }

    /// Reads a batch; `nil` at the end.
    private static func read(_ open: inout Open, _ limits: StreamLimits) throws -> Table? {
        while !open.isEnded {
            if open.page == nil { try turnPage(&open, limits) }
            guard var page = open.page else { break }
            let answer = try open.connection.nextRow()
            var rows = try open.rows.take() ?? ReadRows(answer.columns, limits: limits)
            defer { open.rows = rows }
            guard answer.rowCount > 0 else {
                open.page = nil
                open.isEnded = page.rowCount < page.size
                continue
            }
            open.byteCount += try rows.add(answer)
            open.rowCount += 1
            page.rowCount += 1
            open.page = page
            if rows.isFull { return try rows.take() }
        }
        return try open.rows?.take()
    }

    private static func turnPage(_ open: inout Open, _ limits: StreamLimits) throws(ServerProblem) {
        // A page that the server is still sending counts against its time limit, so long rows come in short pages.
        let fitting = limits.byteCountMax / max(1, open.byteCount / max(1, open.rowCount))
        let size = open.rowCount == 0 ? firstPageRowCount : max(1, min(limits.rowCountMax, fitting))
        try open.connection.begin("fetch forward \(size) from \(cursor)")
        open.page = (size, 0)
    }

    private static func telling<T>(
        _ source: String, _ limits: StreamLimits, _ work: () throws -> T
    ) throws(DataError) -> T {
        do {
            return try work()
        } catch let problem as ServerProblem {
            throw problem.error(source: source, timeout: limits.timeout)
        } catch let error as DataError {
            throw error.naming(source: source)
        } catch {
            throw DataError(.sourceFailed, "source '\(source)': \(error)")
        }
    }
}
