/// The rows of a Parquet file, some at a time; used by one thread.
public protocol ParquetBatches: AnyObject {
    /// The next rows; `nil` at the end.
    ///
    /// - Throws: ``DataError`` of kind `malformed`, `unreadable`, or `limitExceeded`.
    func next() throws(DataError) -> Table?
}
