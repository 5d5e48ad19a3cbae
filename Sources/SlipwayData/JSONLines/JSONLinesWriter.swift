/// Writes tables as JSON Lines: an object on each line, with a member for each column.
///
/// Missing cells, and numbers that JSON does not have, are `null`. The file takes its place when ``finish()`` is called,
/// see ``AtomicFile``; `-` is standard output.
public final class JSONLinesWriter: DataSink {
    private var file: AtomicFile?
    private var buffer: [UInt8] = []
    private var names: [String] = []
    private let path: String

    /// The bytes gathered before they are handed to the system.
    private static let bufferByteCount = 1 << 18

    /// Names the file; it is opened by ``begin(_:)``.
    public init(path: String) { self.path = path }

    /// Opens the file.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    public func begin(_ columns: Table) throws(DataError) {
        names = columns.names
        file = try AtomicFile(replacing: path)
    }

    /// Adds rows.
    ///
    /// - Throws: ``DataError`` of kind `unwritable` when the disk is full.
    public func write(_ rows: Table) throws(DataError) {
        let starts = names.enumerated().map { place, name in
            var bytes = Array(place == 0 ? "{".utf8 : ",".utf8)
            JSONText.write(name, into: &bytes)
            return bytes + [UInt8(ascii: ":")]
        }
        for row in 0..<rows.rowCount {
            for (start, column) in zip(starts, rows.columns) {
                buffer.append(contentsOf: start)
                Self.append(column[row], to: &buffer)
            }
            buffer.append(contentsOf: "}\n".utf8)
            if buffer.count >= Self.bufferByteCount { try flush() }
        }
    }

    /// Writes what is left and puts the file in its place.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; the old file is then still there.
    public func finish() throws(DataError) {
        try flush()
        try file.take()?.commit()
    }

    private func flush() throws(DataError) {
        try file?.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private static func append(_ value: Value, to bytes: inout [UInt8]) {
        switch value {
        case .boolean(let truth): bytes.append(contentsOf: truth ? "true".utf8 : "false".utf8)
        case .integer(let whole): JSONText.write(whole, into: &bytes)
        case .number(let number) where number.isFinite: JSONText.write(number, into: &bytes)
        case .string(let text): JSONText.write(text, into: &bytes)
        case .missing, .number: bytes.append(contentsOf: "null".utf8)
        }
    }
}
