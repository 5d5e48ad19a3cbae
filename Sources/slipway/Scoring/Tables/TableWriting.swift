import SlipwayData

/// A database whose tables are written in one transaction; used by one thread.
///
/// ## Contract for implementers
/// - Nobody else sees anything of it before ``commit()``, which shows all of it at once.
/// - Without ``commit()``, or when the process is killed, nothing of it is kept.
protocol TableWriting: AnyObject {
    /// Runs a statement.
    func run(_ statement: String) throws(DataError)

    /// The number in the first cell of a query; `nil` when it has no row.
    func number(_ query: String) throws(DataError) -> Int?

    /// Adds rows to a table with the same columns; its name is quoted as it must be.
    func insert(_ rows: Table, into table: String) throws(DataError)

    /// Keeps all of it.
    func commit() throws(DataError)
}

/// A database of one file, whose rows can be read while its tables are written; a second opening of the file would find
/// it locked, or would see it change.
protocol TableReading: TableWriting {
    /// The rows of a query, as they were before anything was written; other calls may come between two batches.
    func stream(_ query: String, limits: StreamLimits) throws(DataError) -> any RowStream
}
