/// The bounds of what is written as SQL.
enum SQLLimits {
    /// The largest text for a database, in bytes.
    ///
    /// PostgreSQL plans a megabyte of expressions in about a second, SQLite and DuckDB in several; Spark is not
    /// measured.
    static func byteCount(for dialect: SQLDialect) -> Int {
        switch dialect {
        case .postgres: 16 << 20
        case .sqlite, .duckdb: 4 << 20
        case .spark: 2 << 20
        }
    }
    /// The most expressions of one compilation, before those that nothing reads are left out.
    static let expressionCount = 4_000_000
    /// The most elements of one value inside the graph, for two rows.
    static let elementCount = 1 << 20
}
