public import SlipwayData

/// A data source that queries a PostgreSQL database.
///
/// Each query has a connection and a read-only transaction of its own, and asks through a cursor, which takes one query
/// and nothing else, for a page of rows at a time.
public struct PostgreSQLSource: DataSource {
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

    /// Starts to answer a query in PostgreSQL's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says; `unreadable` where the client library is
    ///   absent.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        guard let functions = library.functions else {
            throw DataError(.unreadable, "source '\(name)': \(library.reason ?? "")")
        }
        guard !query.utf8.contains(0) else {
            throw DataError(.sourceFailed, "source '\(name)': the query holds a NUL character")
        }
        let stopSwitch = StopSwitch()
        return try await BlockingWork.run(until: stopSwitch.turnOn) { () throws(DataError) in
            try PostgreSQLStream(
                query, of: address, source: name, limits: limits, functions: functions, stopSwitch: stopSwitch)
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
}
