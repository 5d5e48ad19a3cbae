/// The rows of a table, some at a time; used by one thread.
public protocol TableBatches: AnyObject {
    /// The next rows; `nil` at the end.
    ///
    /// - Throws: ``DataError`` of kind `malformed`, `wrongType`, `unreadable`, `limitExceeded`, or `sourceFailed`.
    func next() throws(DataError) -> Table?
}
