/// The rows of a table, some at a time; used by one thread.
public protocol TableBatches: AnyObject {
    /// The next rows; `nil` at the end.
    ///
    /// - Throws: ``DataError`` of kind `malformed`, `wrongType`, `unreadable`, or `limitExceeded`.
    func next() throws(DataError) -> Table?
}
