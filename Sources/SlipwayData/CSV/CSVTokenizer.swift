/// Finds the fields of one record after another in bytes that may arrive in pieces.
struct CSVTokenizer {
    /// Where a field lies in the buffer, without its quotes.
    struct Field {
        var start: Int
        var end: Int
        var hasDoubledQuotes = false
    }

    let format: CSVFormat
    let limits: CSVLimits
    let file: String?
    /// The fields of the record found last; empty at the end of the input.
    private(set) var fields: [Field] = []
    /// The line on which that record begins, counted from 1.
    private(set) var recordLine = 1
    private var line = 1

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(format: CSVFormat, limits: CSVLimits, file: String?) {
        self.format = format
        self.limits = limits
        self.file = file
    }

    /// Finds the next record, passing over blank lines.
    ///
    /// - Returns: The offset behind the record; `nil` when it is not complete and more bytes must be read.
    mutating func record(
        in buffer: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool
    ) throws(DataError) -> Int? {
        fields.removeAll(keepingCapacity: true)
        var index = start
        let lineBefore = line
        skipBlankLines(in: buffer, at: &index)
        recordLine = line
        let recordStart = index
        guard index < buffer.count else { return isLast ? index : incomplete(lineBefore) }
        while true {
            let isComplete =
                buffer[index..<buffer.count].first == Self.quote
                ? try quotedField(in: buffer, at: &index, isLast: isLast)
                : plainField(in: buffer, at: &index)
            guard isComplete else { return try cutOff(buffer.count - recordStart, lineBefore) }
            try checkLimits(byteCount: index - recordStart)
            guard index < buffer.count else {
                return isLast ? index : try cutOff(index - recordStart, lineBefore)
            }
            if buffer[index] == format.delimiter {
                index += 1
                continue
            }
            guard let end = try endOfLine(in: buffer, at: index, isLast: isLast) else { return incomplete(lineBefore) }
            line += 1
            return end
        }
    }

    /// An error at a line, or at the record found last.
    func failure(
        _ message: String, kind: DataError.Code = .malformed, line: Int? = nil, hint: String? = nil
    ) -> DataError {
        let line = line ?? recordLine
        guard let file else { return DataError(kind, "line \(line): \(message)", hint: hint) }
        return DataError(kind, message, hint: hint, at: SourceLocation(file: file, line: line))
    }

    private mutating func skipBlankLines(in buffer: UnsafeBufferPointer<UInt8>, at index: inout Int) {
        while index < buffer.count {
            if buffer[index] == Self.lineFeed {
                index += 1
            } else if buffer[index] == Self.carriageReturn, index + 1 < buffer.count,
                buffer[index + 1] == Self.lineFeed
            {
                index += 2
            } else {
                return
            }
            line += 1
        }
    }

    private mutating func plainField(in buffer: UnsafeBufferPointer<UInt8>, at index: inout Int) -> Bool {
        let start = index
        while index < buffer.count {
            let byte = buffer[index]
            if byte == format.delimiter || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            index += 1
        }
        fields.append(Field(start: start, end: index))
        return true
    }

    /// Reads a field in quotes; `false` when more bytes must come first.
    private mutating func quotedField(
        in buffer: UnsafeBufferPointer<UInt8>, at index: inout Int, isLast: Bool
    ) throws(DataError) -> Bool {
        let openingLine = line
        var field = Field(start: index + 1, end: index + 1)
        index += 1
        while index < buffer.count {
            if buffer[index] == Self.quote {
                guard index + 1 < buffer.count || isLast else { return false }
                guard index + 1 < buffer.count, buffer[index + 1] == Self.quote else {
                    field.end = index
                    fields.append(field)
                    index += 1
                    return true
                }
                field.hasDoubledQuotes = true
                index += 1
            } else if buffer[index] == Self.lineFeed {
                line += 1
            }
            index += 1
        }
        guard !isLast else { throw failure("a quote is opened here and never closed", line: openingLine) }
        return false
    }

    /// The offset behind the line end at an offset; `nil` when its second byte must come first.
    private func endOfLine(
        in buffer: UnsafeBufferPointer<UInt8>, at index: Int, isLast: Bool
    ) throws(DataError) -> Int? {
        switch buffer[index] {
        case Self.lineFeed: return index + 1
        case Self.carriageReturn:
            guard index + 1 < buffer.count else { return isLast ? index + 1 : nil }
            guard buffer[index + 1] == Self.lineFeed else {
                throw failure(
                    "a carriage return stands without a line feed",
                    hint: "Save the file with line ends LF or CRLF.")
            }
            return index + 2
        default:
            throw failure("text follows a closing quote", hint: "Write a quote inside a quoted field twice.")
        }
    }

    private func checkLimits(byteCount: Int) throws(DataError) {
        guard fields.count <= limits.fieldCountMax else {
            throw failure("there are more than \(limits.fieldCountMax) fields", kind: .limitExceeded)
        }
        guard byteCount <= limits.recordByteCountMax else {
            throw failure(
                "the record is longer than \(limits.recordByteCountMax) bytes", kind: .limitExceeded,
                hint: "Look for a quote that is never closed.")
        }
    }

    /// Gives up on a record until more bytes have come, unless it is too long already.
    private mutating func cutOff(_ byteCount: Int, _ lineBefore: Int) throws(DataError) -> Int? {
        try checkLimits(byteCount: byteCount)
        return incomplete(lineBefore)
    }

    private mutating func incomplete(_ lineBefore: Int) -> Int? {
        line = lineBefore
        return nil
    }
}
