/// Writes tables as CSV (RFC 4180) with a header and line ends LF.
///
/// Numbers are written in the shortest form that reads back the same and keep their fraction (`1.0`), missing cells are
/// empty, and a field is quoted only where it must be. The file takes its place when ``finish()`` is called, see
/// ``AtomicFile``; `-` is standard output.
///
///     var writer = try CSVWriter(path: "scores.csv", names: table.names)
///     try writer.write(table)
///     try writer.finish()
public struct CSVWriter: ~Copyable {
    /// The names of the columns in order.
    public let names: [String]

    private let format: CSVFormat
    private var file: AtomicFile
    private var buffer: [UInt8] = []

    /// The bytes gathered before they are handed to the system.
    private static let bufferByteCount = 1 << 18

    /// Opens the file and writes the header.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    public init(path: String, names: [String], format: CSVFormat = .commas) throws(DataError) {
        self.names = names
        self.format = format
        file = try AtomicFile(replacing: path)
        Self.append(header: names, to: &buffer, format: format)
    }

    /// Adds the rows of a table whose columns are the writer's.
    ///
    /// - Throws: ``DataError`` of kind `missingColumn` when the columns differ, `unwritable` when the disk is full.
    public mutating func write(_ table: Table) throws(DataError) {
        guard table.names == names else {
            throw DataError(
                .missingColumn,
                "the rows have the columns \(table.names.joined(separator: ", ")), "
                    + "the file has \(names.joined(separator: ", "))")
        }
        for row in 0..<table.rowCount {
            Self.append(row: row, of: table, to: &buffer, format: format)
            if buffer.count >= Self.bufferByteCount { try flush() }
        }
    }

    /// Writes what is left and puts the file in its place.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; the old file is then still there.
    public consuming func finish() throws(DataError) {
        try file.write(buffer)
        try file.commit()
    }

    /// Writes a table to a file, or to standard output as `-`.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; the old file is then still there.
    public static func write(_ table: Table, to path: String, format: CSVFormat = .commas) throws(DataError) {
        var writer = try CSVWriter(path: path, names: table.names, format: format)
        try writer.write(table)
        try writer.finish()
    }

    /// The table as the bytes of a file.
    public static func bytes(of table: Table, format: CSVFormat = .commas) -> [UInt8] {
        var bytes: [UInt8] = []
        append(header: table.names, to: &bytes, format: format)
        for row in 0..<table.rowCount { append(row: row, of: table, to: &bytes, format: format) }
        return bytes
    }

    private mutating func flush() throws(DataError) {
        try file.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
