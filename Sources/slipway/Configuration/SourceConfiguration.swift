import SlipwayData

/// A place that data comes from; CSV folders and APIs answer queries in SQLite's dialect, every other kind in its own.
struct SourceConfiguration: Equatable, Sendable {
    /// The kinds of sources that this version reads.
    enum Kind: String, Sendable, CaseIterable {
        /// A folder of CSV files, each of which is a table: `customers.csv` is `customers`.
        case csv
        /// A SQLite database.
        case sqlite
        /// A database on a PostgreSQL server.
        case postgres
        /// A DuckDB database.
        case duckdb
        /// A folder of files of several kinds, or one file, queried through DuckDB.
        case files
        /// An API that answers with JSON.
        case http
        /// The files of a bucket, queried through DuckDB.
        case s3
    }

    /// Kinds that Slipway's design knows and this version does not read.
    static let plannedKinds = ["kafka", "spark"]

    /// The name of the source.
    var name: String
    /// Its kind.
    var kind: Kind
    /// The file or folder, relative to the project's folder unless absolute, or the URL of a server; it may hold
    /// environment variables, and a password only so.
    var address: TextReference
    /// How it is asked: its time limit, its retries, and what keeps its failures small.
    var policy = ResiliencePolicy()
    /// What queries through DuckDB may take of the machine.
    var databaseUse = DatabaseUse()
    /// How CSV files are read; `nil` for those that are written as programs write them.
    var parsing: CSVParsing?
    /// What an API gives; `nil` for every other kind.
    var api: APIConfiguration?
    /// Where a bucket is, and who asks; `nil` for every other kind.
    var bucket: BucketConfiguration?
}
