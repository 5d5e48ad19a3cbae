import Foundation
import SlipwayData

/// Writes JSON byte by byte into memory that was made large enough before.
///
/// A write beyond the memory is a mistake of the one who measured it, and stops the program before it does harm.
struct LineCursor {
    /// The most bytes that a number of any kind takes: `-2.2250738585072014e-308`.
    static let numberByteCountMax = 24
    /// The most bytes that one byte of a text takes: `\u001f`.
    static let escapeByteCountMax = 6

    private let start: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    /// The bytes written.
    private(set) var count = 0

    /// Starts at the front of memory.
    init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        // An empty array has no memory, and nothing is written to it.
        start = memory.baseAddress ?? UnsafeMutablePointer(bitPattern: 1).unsafelyUnwrapped
        capacity = memory.count
    }

    /// What was written so far.
    var written: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: start, count: count) }

    /// Gives away the next bytes, for the caller to fill.
    mutating func take(_ byteCount: Int) -> UnsafeMutablePointer<UInt8> {
        precondition(byteCount <= capacity &- count, "the memory for a log line was measured too small")
        defer { count &+= byteCount }
        return start + count
    }

    mutating func write(_ byte: UInt8) { take(1).pointee = byte }

    mutating func write(literal text: StaticString) {
        take(text.utf8CodeUnitCount).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    }

    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        take(bytes.count).update(from: source, count: bytes.count)
    }

    /// A whole number in decimal.
    mutating func write(_ whole: Int64) {
        // Twenty bytes hold the digits and the sign of any whole number of 64 bits.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var position = digits.count
            var rest = whole.magnitude
            repeat {
                position &-= 1
                digits[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if whole < 0 {
                position &-= 1
                digits[position] = UInt8(ascii: "-")
            }
            write(UnsafeBufferPointer(rebasing: digits[position...]))
        }
    }

    /// A number in the shortest form that reads back the same; `null` when it is not finite.
    mutating func write(_ number: Double) {
        guard number.isFinite else { return write(literal: "null") }
        write(plain: number.description)
    }

    /// A number of 32 bits in the shortest form that tells it from its neighbours; `null` when it is not finite.
    mutating func write(_ number: Float) {
        guard number.isFinite else { return write(literal: "null") }
        write(plain: number.description)
    }

    /// A text with its quotes, escaped as JSON asks for.
    mutating func write(_ text: String) {
        var text = text
        write(UInt8(ascii: "\""))
        text.withUTF8 { write(escaping: $0) }
        write(UInt8(ascii: "\""))
    }

    private mutating func write(plain text: String) {
        var text = text
        text.withUTF8 { write($0) }
    }

    private mutating func write(escaping text: UnsafeBufferPointer<UInt8>) {
        var plainStart = 0
        for index in text.indices {
            let byte = text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            write(UnsafeBufferPointer(rebasing: text[plainStart..<index]))
            var escape: [UInt8] = []
            JSONText.appendEscape(of: byte, to: &escape)
            escape.withUnsafeBufferPointer { write($0) }
            plainStart = index &+ 1
        }
        write(UnsafeBufferPointer(rebasing: text[plainStart...]))
    }
}
