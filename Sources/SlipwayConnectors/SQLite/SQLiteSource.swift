public import SlipwayData
import SlipwaySQL

/// A data source that queries an SQLite file.
///
/// The file is opened for reading at each fetch, so a file that was replaced is seen. A column has its declared type
/// (see "Datatypes In SQLite", with `BOOLEAN` for truth); a cell that does not fit it is an error that names the
/// column.
public struct SQLiteSource: DataSource {
    /// The name that the project gives the source.
    public let name: String
    /// The path of the file.
    public let path: String

    /// Makes a source; the file is not opened yet.
    public init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// The type in the project file.
    public var kind: String { "sqlite" }

    /// Answers a query in SQLite's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let timeout = limits.timeout
        let deadline = ContinuousClock.now + timeout
        return try await BlockingWork.run { () throws(DataError) -> Table in
            do {
                let options = SQLiteDatabase.Options(
                    busyTimeout: min(timeout, SQLiteDatabase.Options.busyTimeoutDefault), isReadOnly: true)
                let database = try SQLiteDatabase(path: path, options: options)
                return try database.read(until: deadline) { try $0.table(query, limits: limits) }
            } catch let error as SQLError where error.kind == .interrupted {
                throw .timedOut(after: timeout, source: name)
            } catch {
                throw DataError(error, source: name)
            }
        }
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        try await tables(
            by: "select null, name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' "
                + "escape '\\' order by name", limits: limits)
    }
}
