/// The spelling of JSON scalars, byte by byte, for writers that need no ``JSONValue``.
package enum JSONText {
    /// Adds a text with its quotes; quotes, backslashes, and control characters are escaped.
    package static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { write(escaping: $0, into: &bytes) }
        if isWritten == nil { Array(text.utf8).withUnsafeBufferPointer { write(escaping: $0, into: &bytes) } }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Adds a whole number in decimal.
    package static func write(_ whole: Int64, into bytes: inout [UInt8]) {
        if whole < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = whole.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Adds a finite number in the shortest form that reads back the same.
    package static func write(_ number: Double, into bytes: inout [UInt8]) {
        bytes.append(contentsOf: number.description.utf8)
    }

    private static func write(escaping content: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]) {
        var plainStart = 0
        for (index, byte) in content.enumerated()
        where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
            bytes.append(contentsOf: content[plainStart..<index])
            appendEscape(of: byte, to: &bytes)
            plainStart = index + 1
        }
        bytes.append(contentsOf: content[plainStart...])
    }

    /// Adds the escape of a quote, a backslash, or a control character.
    package static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x20...: bytes.append(byte)
        default:
            bytes.append(contentsOf: "u00".utf8)
            for digit in [byte >> 4, byte & 0xF] {
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }
}
