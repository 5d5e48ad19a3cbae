/// A place that answers queries with tables: a database, a folder of files, a warehouse.
///
/// ## Contract for implementers
/// - ``fetch(_:limits:)`` never changes the source; a query that would is refused.
/// - It returns all rows or throws; a result over the limits is refused, never cut off.
/// - An empty result keeps its columns.
/// - Every failure names the source, and the table or column at fault where there is one.
/// - Fetches may run at the same time, and each sees the source as it is when it starts.
/// - Every table that ``tables(limits:)`` names can be fetched by its ``SourceTable/sql``.
///
/// `DataSourceConformance` in the test kit checks it.
public protocol DataSource: Sendable {
    /// The name that the project gives the source.
    var name: String { get }

    /// The type that the project file calls it by: `sqlite`, `csv`.
    var kind: String { get }

    /// Answers a query.
    ///
    /// - Throws: ``DataError``: `unreadable` when the source or a table is not there, `missingColumn`, `wrongType`,
    ///   `limitExceeded`, and `sourceFailed` for a broken query, an attempt to write, or a passed timeout.
    func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table

    /// The tables and views that a query may name, ordered by schema and name.
    ///
    /// - Throws: ``DataError``, as ``fetch(_:limits:)`` does.
    func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable]
}

extension DataSource {
    /// Answers a query within the default limits.
    ///
    /// - Throws: ``DataError``, as ``fetch(_:limits:)`` does.
    public func fetch(_ query: String) async throws(DataError) -> Table {
        try await fetch(query, limits: FetchLimits())
    }

    /// The tables that a query may name, within the default limits.
    ///
    /// - Throws: ``DataError``, as ``fetch(_:limits:)`` does.
    public func tables() async throws(DataError) -> [SourceTable] { try await tables(limits: FetchLimits()) }
}
