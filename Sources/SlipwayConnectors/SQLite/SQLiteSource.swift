public import SlipwayData
import SlipwaySQL

/// A data source that queries an SQLite file.
///
/// The file is opened for reading at each fetch or stream, so a file that was replaced is seen. A column has its
/// declared type (see "Datatypes In SQLite", with `BOOLEAN` for truth); a cell that does not fit it is an error that
/// names the column.
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

    /// Starts to answer a query in SQLite's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        try await stream(query, limits: limits, sample: .batch)
    }

    /// Answers a query in SQLite's dialect; computed columns have types that fit all rows.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let deadline = ContinuousClock.now + limits.timeout
        return try await stream(query, limits: StreamLimits(limits), sample: .all(limits))
            .gathered(within: limits, until: deadline, source: name)
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        try await tables(
            by: "select null, name from sqlite_schema where type in ('table', 'view') and name not like 'sqlite\\_%' "
                + "escape '\\' order by name", limits: limits)
    }

    private func stream(
        _ query: String, limits: StreamLimits, sample: SQLiteRows.Sample
    ) async throws(DataError) -> SQLiteStream {
        try await SQLiteStream.starting(source: name, limits: limits) { deadline, stopSwitch in
            let options = SQLiteDatabase.Options(
                busyTimeout: min(limits.timeout, SQLiteDatabase.Options.busyTimeoutDefault), isReadOnly: true)
            return try SQLiteDatabase(path: path, options: options)
                .rows(of: query, limits: limits, sample: sample, until: deadline, unless: stopSwitch)
        }
    }
}
