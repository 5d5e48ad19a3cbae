import SlipwayData

/// One line of a segment: eight hexadecimal digits of the CRC-32 of the object, a space, the object, a line feed.
enum SegmentLine {
    /// The longest line, in bytes with its line feed; longer records are refused when written.
    static let byteCountMax = 8 << 20
    static let lineFeed = UInt8(ascii: "\n")

    private static let prefixLength = 9
    private static let digits = Array("0123456789abcdef".utf8)
    private static let limits = JSONLimits(byteCountMax: byteCountMax)

    /// Adds a record's line to the end of bytes.
    ///
    /// - Throws: ``LogError`` of kind `limitExceeded` for a record that is too long; the bytes are then as before.
    static func write(_ record: some SegmentRecord, into bytes: inout [UInt8]) throws(LogError) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: prefixLength))
        JSONValue.object(record.json).write(into: &bytes)
        guard bytes.count - start < byteCountMax else {
            let length = bytes.count - start
            bytes.removeSubrange(start...)
            throw LogError(
                .limitExceeded, "a log record has \(length) bytes; at most \(byteCountMax - 1) are kept",
                hint: "Send smaller inputs.")
        }
        let checksum = bytes.withUnsafeBytes {
            CRC32.checksum(UnsafeRawBufferPointer(rebasing: $0[(start + prefixLength)...]))
        }
        for index in 0..<8 { bytes[start + index] = digits[Int(checksum >> UInt32(28 - 4 * index) & 0xF)] }
        bytes.append(lineFeed)
    }

    /// Reads a line without its line feed; `nil` when the checksum or the record is not right.
    static func read<Record: SegmentRecord>(_ line: UnsafeRawBufferPointer, as type: Record.Type) -> Record? {
        guard line.count > prefixLength, line[8] == UInt8(ascii: " ") else { return nil }
        var written: UInt32 = 0
        for byte in line[..<8] {
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            written = written << 4 | UInt32(digit)
        }
        let content = UnsafeRawBufferPointer(rebasing: line[prefixLength...])
        guard CRC32.checksum(content) == written,
            case .object(let object) = try? JSONValue(parsing: content, limits: limits)
        else { return nil }
        return try? Record(json: object)
    }
}
