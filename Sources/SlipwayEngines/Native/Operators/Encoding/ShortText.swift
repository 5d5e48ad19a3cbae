/// A text of up to fifteen UTF-8 bytes as two words: the bytes in their order, and their number in the last byte.
///
/// Texts of this length are compared and hashed as two numbers, without a look at their bytes one by one.
struct ShortText: Hashable, BitwiseCopyable {
    /// The two words that a `String` is made of.
    typealias Words = (first: UInt64, second: UInt64)

    static let byteLimit = 15

    let first: UInt64
    let second: UInt64

    /// Takes the words of a string that holds its bytes itself; `nil` for one that points to them.
    ///
    /// Only where ``areInline`` is true do the words mean that.
    @inline(__always)
    init?(inline words: Words) {
        guard words.second & 0x2000_0000_0000_0000 != 0 else { return nil }
        first = words.first
        second = words.second & 0x0FFF_FFFF_FFFF_FFFF
    }

    /// Takes a text whose string holds its bytes itself; `nil` for another one, which may be short as well.
    @inline(__always)
    init?(inline text: String) {
        guard Self.areInline else { return nil }
        self.init(inline: unsafeBitCast(text, to: Words.self))
    }

    /// Reads a text byte by byte; `nil` for one that is longer.
    init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= Self.byteLimit else { return nil }
        var (first, second) = (UInt64(0), UInt64(bytes.count) << 56)
        for (place, byte) in bytes.enumerated() {
            if place < 8 {
                first |= UInt64(byte) << (8 * UInt64(place))
            } else {
                second |= UInt64(byte) << (8 * UInt64(place - 8))
            }
        }
        (self.first, self.second) = (first, second)
    }

    /// Whether the words of short strings hold their bytes as this type does.
    ///
    /// The standard library does not promise it, so it is looked at: with texts of every length, and a long one.
    static let areInline: Bool = {
        guard MemoryLayout<String>.size == MemoryLayout<Words>.size else { return false }
        func inline(_ text: String) -> ShortText? { ShortText(inline: unsafeBitCast(text, to: Words.self)) }
        let long = String(repeating: "é", count: byteLimit)
        return inline(long) == nil
            && (0...byteLimit).allSatisfy { count in
                let plain = String(repeating: "x", count: count)
                let accented = String(repeating: "é", count: count / 2)
                return inline(plain) == ShortText(plain) && inline(accented) == ShortText(accented)
            }
    }()
}
