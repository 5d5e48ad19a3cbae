/// Reads and writes Parquet, where a library for it is at hand.
///
/// ## Contract for implementers
/// - A file is never trusted: whatever its bytes, reading gives a table within the limits or throws ``DataError``, and
///   opens no other file.
/// - What ``write(_:to:rows:)`` wrote, ``batches(of:columns:in:)`` gives back in the same order.
/// - Where ``absence`` says something, every call throws ``DataError`` of kind `unreadable` or `unwritable` with it.
public protocol ParquetFiles: Sendable {
    /// Why Parquet can be neither read nor written here, and how to change that; `nil` where it can.
    var absence: String? { get }

    /// Reads the columns of a file in memory that have one of some names, in the order of the file; blocks its thread.
    ///
    /// Truth values, whole numbers, numbers, decimals (as numbers), and texts are read; dates and times become text by
    /// ISO 8601.
    ///
    /// - Throws: ``DataError``: `malformed` for bytes that are no Parquet file, `missingColumn` when none of the columns
    ///   is there, `wrongType` for a column of another type, `limitExceeded`, or `unreadable`.
    func table(parsing bytes: [UInt8], columns: Set<String>, limits: ParquetLimits) throws(DataError) -> Table

    /// Reads columns of a file, some rows at a time; blocks its thread.
    ///
    /// - Parameter range: The rows wanted by a column of times; `nil` for all rows.
    /// - Throws: ``DataError`` of kind `unreadable` or `malformed`; `unreadable` too when there is no such file.
    func batches(
        of path: String, columns: [ParquetColumn], in range: ParquetRange?
    ) throws(DataError) -> any TableBatches

    /// Writes a new file and brings it to the disk; blocks its thread.
    ///
    /// A file that is there already is left alone and refused. On a failure, a part of the file may be left.
    ///
    /// - Parameter rows: Gives the next rows, with the columns in their order, until it gives `nil`.
    /// - Throws: ``DataError`` of kind `unwritable`, or what `rows` throws.
    func write(
        _ columns: [ParquetColumn], to path: String, rows: @escaping () throws(DataError) -> Table?
    ) throws(DataError)
}
