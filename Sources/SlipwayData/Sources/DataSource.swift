/// A place that answers queries with tables: a database, a folder of files, a warehouse.
///
/// ## Contract for implementers
/// - ``stream(_:limits:)`` and ``fetch(_:limits:)`` never change the source; a query that would is refused.
/// - A fetch returns all rows or throws; a result over the limits is refused, never cut off.
/// - A stream gives the same rows in the same order, some at a time (``RowStream``), however many there are. What is
///   wrong with the query is told when it is asked, before the first rows.
/// - An empty result keeps its columns.
/// - Every failure names the source, and the table or column at fault where there is one.
/// - Fetches and streams may run at the same time, and each sees the source as it is when it starts.
/// - A fetch ends soon when its task is cancelled.
/// - Every table that ``tables(limits:)`` names can be fetched by its ``SourceTable/sql``.
///
/// `DataSourceConformance` in the test kit checks it.
public protocol DataSource: Sendable {
    /// The name that the project gives the source.
    var name: String { get }

    /// The type that the project file calls it by: `sqlite`, `csv`.
    var kind: String { get }

    /// Starts to answer a query, whose rows come some at a time.
    ///
    /// - Throws: ``DataError``: `unreadable` when the source or a table is not there, `missingColumn`, `wrongType`,
    ///   `limitExceeded` for a row larger than a batch, and `sourceFailed` for a broken query, an attempt to write, or
    ///   a passed timeout.
    func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream

    /// Answers a query: the rows of its stream as one table.
    ///
    /// - Throws: ``DataError``, as ``stream(_:limits:)`` does; `limitExceeded` for a result over the limits.
    func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table

    /// The tables and views that a query may name, ordered by schema and name.
    ///
    /// - Throws: ``DataError``, as ``fetch(_:limits:)`` does.
    func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable]
}

extension DataSource {
    /// Gathers the rows of a stream.
    ///
    /// - Throws: ``DataError``, as ``stream(_:limits:)`` does; `limitExceeded` for a result over the limits.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let deadline = ContinuousClock.now + limits.timeout
        return try await stream(query, limits: StreamLimits(limits))
            .gathered(within: limits, until: deadline, source: name)
    }

    /// Starts to answer a query within the default limits.
    ///
    /// - Throws: ``DataError``, as ``stream(_:limits:)`` does.
    public func stream(_ query: String) async throws(DataError) -> any RowStream {
        try await stream(query, limits: StreamLimits())
    }

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
