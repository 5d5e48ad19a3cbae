/// The lines of a file or of bytes in memory, one at a time; blank ones are passed over.
final class JSONLinesRecords {
    /// The number of the line that was given last, counted from 1.
    private(set) var lineNumber = 0

    private var bytes: [UInt8]
    private var position = 0
    private var isLast: Bool
    private let input: Input?
    private let limits: JSONLinesLimits
    private let file: String?

    /// The owner of a file, which cannot be copied.
    private final class Input {
        let file: InputFile

        init(path: String) throws(DataError) { file = try InputFile(path: path) }
    }

    init(bytes: [UInt8], limits: JSONLinesLimits, file: String?) {
        self.bytes = bytes
        self.limits = limits
        self.file = file
        isLast = true
        input = nil
    }

    init(contentsOf path: String, limits: JSONLinesLimits) throws(DataError) {
        bytes = []
        self.limits = limits
        file = path
        isLast = false
        input = try Input(path: path)
    }

    /// The bytes of the next line that is not blank; `nil` at the end.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for a line that is too long, or `unreadable`.
    func next() throws(DataError) -> ArraySlice<UInt8>? {
        while let line = try nextLine() {
            lineNumber += 1
            let isMarked = lineNumber == 1 && line.starts(with: [0xEF, 0xBB, 0xBF])
            let line = isMarked ? line.dropFirst(3) : line
            if line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\t") })
            {
                return line
            }
        }
        return nil
    }

    private func nextLine() throws(DataError) -> ArraySlice<UInt8>? {
        var searched = position
        while true {
            if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                try check(end - position)
                return bytes[position..<end]
            }
            try check(bytes.count - position)
            guard !isLast else {
                defer { position = bytes.count }
                return position < bytes.count ? bytes[position...] : nil
            }
            searched = bytes.count - position
            bytes.removeFirst(position)
            position = 0
            isLast = try input?.file.read(into: &bytes) ?? 0 == 0
        }
    }

    private func check(_ byteCount: Int) throws(DataError) {
        guard byteCount > limits.lineByteCountMax else { return }
        throw DataError(
            .limitExceeded, "the line has more than \(limits.lineByteCountMax) bytes",
            at: file.map { SourceLocation(file: $0, line: lineNumber + 1) })
    }
}
