import CPostgreSQL
public import SlipwayData

/// A data source that queries a PostgreSQL database.
///
/// Each fetch has a connection and a read-only transaction of its own, and asks through a cursor, which takes one query
/// and nothing else. What arrives is held as columns while it is read, a page of rows at a time.
public struct PostgreSQLSource: DataSource {
    /// The rows of one page.
    static let pageRowCount = 5_000
    private static let cursor = "slipway_rows"

    /// The name that the project gives the source.
    public let name: String
    /// The connection string, which may hold a password and is never shown.
    private let address: String
    private let library: Library

    /// Makes a source; nothing is connected yet.
    ///
    /// - Parameter address: A connection URI or keywords and values, as "Connection Strings" in libpq's manual says.
    public init(name: String, address: String, library: Library = .shared) {
        self.name = name
        self.address = address
        self.library = library
    }

    /// The type in the project file.
    public var kind: String { "postgres" }

    /// Answers a query in PostgreSQL's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says; `unreadable` where the client library is absent.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        guard let functions = library.functions else {
            throw DataError(.unreadable, "source '\(name)': \(library.reason ?? "")")
        }
        guard !query.utf8.contains(0) else {
            throw DataError(.sourceFailed, "source '\(name)': the query holds a NUL character")
        }
        let timeout = limits.timeout
        let deadline = ContinuousClock.now + timeout
        return try await BlockingWork.run { () throws(DataError) -> Table in
            do {
                let connection = try Connection(to: address, until: deadline, functions: functions)
                try begin(query, on: connection, until: deadline)
                return try rows(of: connection, limits: limits)
            } catch let problem as ServerProblem {
                throw problem.error(source: name, timeout: timeout)
            } catch let error as DataError {
                throw error.naming(source: name)
            } catch {
                throw DataError(.sourceFailed, "source '\(name)': \(error)")
            }
        }
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        try await tables(
            by: "select table_schema::text, table_name::text from information_schema.tables "
                + "where table_schema not in ('pg_catalog', 'information_schema') "
                + "union all select schemaname::text, matviewname::text from pg_catalog.pg_matviews order by 1, 2",
            limits: limits)
    }

    private func begin(_ query: String, on connection: Connection, until deadline: ContinuousClock.Instant) throws {
        let left = max(1, Int((deadline - .now) / .milliseconds(1)))
        for statement in [
            "begin transaction read only", "set local datestyle to iso", "set local timezone to 'UTC'",
            "set local extra_float_digits to 1", "set local statement_timeout to \(left)",
            // A cursor is for one query: what writes or ends the transaction is no statement that it takes.
            "declare \(Self.cursor) no scroll cursor for\n\(query)",
        ] { _ = try connection.run(statement) }
    }

    private func rows(of connection: Connection, limits: FetchLimits) throws -> Table {
        var gathered: GatheredRows?
        while true {
            let page = try connection.run("fetch forward \(Self.pageRowCount) from \(Self.cursor)")
            var rows = try gathered ?? GatheredRows(page.columns, limits: limits)
            gathered = nil
            try rows.add(page)
            if page.rowCount < Self.pageRowCount { return try rows.table() }
            gathered = rows
        }
    }
}
