/// A place that rows are written to: a file, or a table of a database; used by one thread, once.
///
/// ## Contract for implementers
/// - Nobody sees a row before ``finish()`` returns, and all see all rows afterwards.
/// - Without it, after a failure, or when the process is killed, what was there before is there unchanged.
/// - Rows keep their order where the place has one.
/// - Missing cells stay missing, and every other cell reads back as it was.
///
/// `DataSinkConformance` in the test kit checks it.
public protocol DataSink: AnyObject {
    /// Makes room for rows.
    ///
    /// - Parameter columns: A table without rows, with the columns of all that are written.
    /// - Throws: ``DataError`` of kind `unwritable`, or `sourceFailed` for a database that cannot be asked.
    func begin(_ columns: Table) throws(DataError)

    /// Adds rows with the columns that were told.
    ///
    /// - Throws: ``DataError`` of kind `unwritable` when there is no room, or `sourceFailed`.
    func write(_ rows: Table) throws(DataError)

    /// Shows the rows to all, at once.
    ///
    /// - Throws: ``DataError``; what was there before is then still there.
    func finish() throws(DataError)
}
