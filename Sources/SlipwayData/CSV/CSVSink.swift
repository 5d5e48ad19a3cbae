/// A CSV file that rows are written to, see ``CSVWriter``.
public final class CSVSink: DataSink {
    private let path: String
    private var writer: CSVWriter?

    /// Names the file, or standard output as `-`.
    public init(path: String) { self.path = path }

    /// Opens the file and writes the header.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    public func begin(_ columns: Table) throws(DataError) { writer = try CSVWriter(path: path, names: columns.names) }

    /// Adds rows.
    ///
    /// - Throws: ``DataError`` of kind `unwritable` when the disk is full.
    public func write(_ rows: Table) throws(DataError) { try writer?.write(rows) }

    /// Puts the file in its place.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; the old file is then still there.
    public func finish() throws(DataError) { try writer.take()?.finish() }
}
