/// A place that data comes from.
struct SourceConfiguration: Equatable, Sendable {
    /// The kinds of sources that this version reads.
    enum Kind: String, Sendable, CaseIterable {
        /// A CSV file, which is one table.
        case csv
        /// A SQLite database.
        case sqlite
    }

    /// The time that a query may take unless the source says otherwise.
    static let timeoutDefault: Duration = .seconds(30)
    /// How often a failed query is repeated unless the source says otherwise.
    static let retryCountDefault = 2
    /// The most repetitions that a source may ask for.
    static let retryCountMax = 10
    /// Kinds that Slipway's design knows and this version does not read.
    static let plannedKinds = ["duckdb", "http", "kafka", "parquet", "postgres", "postgresql", "s3", "spark"]

    /// The name of the source.
    var name: String
    /// Its kind.
    var kind: Kind
    /// The file, relative to the project's folder unless absolute; it may hold environment variables.
    var path: TextReference
    /// The time that a query may take.
    var timeout: Duration = timeoutDefault
    /// How often a failed query is repeated.
    var retryCount: Int = retryCountDefault
}
