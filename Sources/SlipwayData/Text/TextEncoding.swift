import Foundation

/// Texts in other encodings than UTF-8, by the names that the system's iconv knows.
public enum TextEncoding {
    /// What stands in the place of bytes that an encoding does not have: U+FFFD in UTF-8.
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    /// The bytes that are gathered between two looks at the result.
    private static let chunkByteCount = 1 << 16

    /// Whether an encoding is known.
    public static func isKnown(_ name: String) -> Bool {
        guard let converter = open(name) else { return false }
        iconv_close(converter)
        return true
    }

    /// The bytes of a text in UTF-8; bytes that the encoding does not have become U+FFFD.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` for an encoding that is not known.
    /// - Complexity: O(bytes).
    public static func utf8(_ bytes: [UInt8], from name: String) throws(DataError) -> [UInt8] {
        guard let converter = open(name) else {
            throw DataError(
                .unreadable, "the encoding '\(name.prefix(40))' is not known",
                hint: "iconv --list names those that are.")
        }
        defer { iconv_close(converter) }
        var input = bytes
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 8)
        input.withUnsafeMutableBytes { buffer in
            var start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            var left = buffer.count
            while left > 0 {
                let failure = convert(converter, &start, &left, into: &result)
                // E2BIG asks for another chunk; anything else is a byte that the encoding does not have, or has half of.
                guard failure != 0, failure != E2BIG else { continue }
                result += replacement
                start = start.map { $0 + 1 }
                left -= 1
            }
        }
        return result
    }

    /// Converts as much as fits a chunk; the error number where it did not come to the end.
    private static func convert(
        _ converter: iconv_t, _ start: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, into result: inout [UInt8]
    ) -> Int32 {
        var failure: Int32 = 0
        result += [UInt8](unsafeUninitializedCapacity: chunkByteCount) { space, count in
            space.withMemoryRebound(to: CChar.self) { space in
                var end = space.baseAddress
                var room = space.count
                if iconv(converter, &start, &left, &end, &room) == -1 { failure = errno }
                count = space.count - room
            }
        }
        return failure
    }

    private static func open(_ name: String) -> iconv_t? {
        // What follows a slash asks iconv to guess.
        guard !name.isEmpty, !name.utf8.contains(0), !name.contains("/") else { return nil }
        let converter = iconv_open("UTF-8", name)
        return Int(bitPattern: converter) == -1 ? nil : converter
    }
}
