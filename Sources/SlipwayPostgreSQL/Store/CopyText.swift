import SlipwayData
import SlipwaySQL

/// Rows in the text form of PostgreSQL's `copy`: cells between tabs, a row a line, NULL as `\N`.
///
/// Source: PostgreSQL's manual, "COPY", section "Text Format".
struct CopyText {
    /// The bytes that are gathered before they are sent.
    static let pieceByteCount = 64 << 10

    private(set) var bytes: [UInt8] = []

    /// Adds a row.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` for a text with a NUL character.
    mutating func add(_ row: [Value]) throws(SQLError) {
        for (index, cell) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            guard let text = try ServerText.text(of: cell) else {
                bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
                continue
            }
            for byte in text.utf8 { add(byte) }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Gives what was gathered, and starts again.
    mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    private mutating func add(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\\"): bytes += [byte, byte]
        case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
        case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
        default: bytes.append(byte)
        }
    }
}
