import SlipwayData

/// One line of a segment: eight hexadecimal digits of the CRC-32 of the object, a space, the object, a line feed.
enum SegmentLine {
    /// The longest line, in bytes with its line feed; longer records are refused when written.
    static let byteCountMax = 8 << 20
    static let lineFeed = UInt8(ascii: "\n")

    /// The bytes before the object.
    static let prefixLength = 9
    private static let digits = Array("0123456789abcdef".utf8)
    private static let limits = JSONLimits(byteCountMax: byteCountMax)

    /// Adds a record's line to the end of bytes.
    ///
    /// - Throws: ``LogError`` of kind `limitExceeded` for a record that is too long; the bytes are then as before.
    static func write(_ record: some SegmentRecord, into bytes: inout [UInt8]) throws(LogError) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: prefixLength))
        JSONValue.object(record.json).write(into: &bytes)
        let failure = bytes.withUnsafeMutableBytes { seal(UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
        if let failure {
            bytes.removeSubrange(start...)
            throw failure
        }
        bytes.append(lineFeed)
    }

    /// Writes the checksum in front of an object that has ``prefixLength`` bytes before it and no line feed yet.
    ///
    /// - Returns: What is wrong with a line that is too long.
    static func seal(_ line: UnsafeMutableRawBufferPointer) -> LogError? {
        guard line.count < byteCountMax else {
            return LogError(
                .limitExceeded, "a log record has \(line.count) bytes; at most \(byteCountMax - 1) are kept",
                hint: "Send smaller inputs.")
        }
        let checksum = CRC32.checksum(UnsafeRawBufferPointer(rebasing: line[prefixLength...]))
        for index in 0..<8 { line[index] = digits[Int(checksum >> UInt32(28 - 4 * index) & 0xF)] }
        line[8] = UInt8(ascii: " ")
        return nil
    }

    /// What a line holds.
    enum Content<Record> {
        /// A record of the times wanted.
        case record(Record)
        /// A record of other times.
        case otherTime
        /// Bytes that were changed.
        case corrupt
    }

    /// Reads a line without its line feed.
    ///
    /// Records of other times are told by their checksum and their time alone.
    static func read<Record: SegmentRecord>(
        _ line: UnsafeRawBufferPointer, as type: Record.Type, in window: WindowText
    ) -> Content<Record> {
        guard let object = object(in: line) else { return .corrupt }
        if let time = Record.timeText(in: object), window.excludes(time) { return .otherTime }
        guard case .object(let members) = try? JSONValue(parsing: object, limits: limits),
            let record = try? Record(json: members)
        else { return .corrupt }
        return window.window.contains(record.time) ? .record(record) : .otherTime
    }

    /// The object of a line; `nil` when the checksum is not right.
    private static func object(in line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard line.count > prefixLength, line[8] == UInt8(ascii: " ") else { return nil }
        var written: UInt32 = 0
        for byte in line[..<8] {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            written = written << 4 | UInt32(digit)
        }
        let content = UnsafeRawBufferPointer(rebasing: line[prefixLength...])
        return CRC32.checksum(content) == written ? content : nil
    }
}
