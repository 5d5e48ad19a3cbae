import SlipwayData

/// A place that data comes from; files answer queries in SQLite's dialect, a server in its own.
struct SourceConfiguration: Equatable, Sendable {
    /// The kinds of sources that this version reads.
    enum Kind: String, Sendable, CaseIterable {
        /// A folder of CSV files, each of which is a table: `customers.csv` is `customers`.
        case csv
        /// A SQLite database.
        case sqlite
        /// A database on a PostgreSQL server.
        case postgres
    }

    /// How often a failed query is repeated unless the source says otherwise.
    static let retryCountDefault = 2
    /// The most repetitions that a source may ask for.
    static let retryCountMax = 10
    /// Kinds that Slipway's design knows and this version does not read.
    static let plannedKinds = ["duckdb", "http", "kafka", "parquet", "s3", "spark"]

    /// The name of the source.
    var name: String
    /// Its kind.
    var kind: Kind
    /// The file or folder, relative to the project's folder unless absolute, or the URL of a server; it may hold
    /// environment variables, and a password only so.
    var address: TextReference
    /// The time that a query may take.
    var timeout: Duration = FetchLimits.timeoutDefault
    /// How often a failed query is repeated.
    var retryCount: Int = retryCountDefault
}
