/// The fields of an encoded message, one after another.
///
/// Encoding: <https://protobuf.dev/programming-guides/encoding/>.
struct WireFields {
    /// One field.
    struct Field {
        /// Where its tag begins.
        let start: Int
        /// Its number and the kind of its encoding.
        let tag: UInt64
        /// The bytes of a text or message; `nil` for a number or the mark of a group.
        let content: Range<Int>?

        /// Whether it begins or ends a group.
        var isGroupMark: Bool { tag & 7 == 3 || tag & 7 == 4 }
    }

    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The next field; `nil` at the end and at bytes that are no field.
    mutating func next() -> Field? {
        let start = place
        guard place < bytes.count, let tag = number() else { return nil }
        var content: Range<Int>?
        switch tag & 7 {
        case 0: if number() == nil { return nil }
        case 1: place += 8
        case 5: place += 4
        // The fields of a group lie between its two marks and are met as if they lay outside.
        case 3, 4: break
        case 2:
            guard let length = number(), length <= UInt64(bytes.count - place) else { return nil }
            content = place..<place + Int(length)
            place += Int(length)
        default: return nil
        }
        return place <= bytes.count ? Field(start: start, tag: tag, content: content) : nil
    }

    /// Goes on over fields of four bytes with the tag of the last one.
    ///
    /// - Returns: Where they end, and how many they are, the last one included.
    mutating func endOfFloats(_ tag: UInt8) -> (place: Int, fieldCount: Int) {
        var count = 1
        while place + 5 <= bytes.count, bytes[place] == tag {
            place += 5
            count += 1
        }
        return (place, count)
    }

    /// Goes on over whole numbers with the tag of the last one.
    ///
    /// - Returns: As for ``endOfFloats(_:)``.
    mutating func endOfIntegers(_ tag: UInt8) -> (place: Int, fieldCount: Int) {
        var count = 1
        while place < bytes.count, bytes[place] == tag {
            let start = place
            place += 1
            guard number() != nil else {
                place = start
                break
            }
            count += 1
        }
        return (place, count)
    }

    /// A base-128 number of at most ten bytes.
    private mutating func number() -> UInt64? {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 70, place < bytes.count {
            let byte = bytes[place]
            place += 1
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
            shift += 7
        }
        return nil
    }
}
