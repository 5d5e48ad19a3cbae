import Foundation
import SlipwayData

extension JSONDocumentReader {
    /// The most bytes that a number may be spelled with.
    private static let numberLengthMax = 1_024

    mutating func text() throws(ModelError) -> String {
        skipWhitespace()
        guard byte == UInt8(ascii: "\"") else { throw malformed("expected a text, found \(found)") }
        let start = position
        position += 1
        var isPlain = true
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                let content = bytes[(start + 1)..<(position - 1)]
                return isPlain ? String(decoding: content, as: UTF8.self) : try unescaped(start)
            }
            if byte == UInt8(ascii: "\\") { position = min(position + 1, bytes.count) }
            isPlain = isPlain && byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\\")
        }
        position = start
        throw malformed("the text has no closing quote")
    }

    /// The text between a quote and the position, with its escapes resolved and its UTF-8 checked.
    private mutating func unescaped(_ start: Int) throws(ModelError) -> String {
        let value = try? JSONValue(parsing: UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
        guard case .string(let text)? = value else {
            position = start
            throw malformed("the text holds a broken escape, a control character, or bytes that are not UTF-8")
        }
        return text
    }

    mutating func integer() throws(ModelError) -> Int64 {
        skipWhitespace()
        if byte == UInt8(ascii: "t"), skip("true") { return 1 }
        if byte == UInt8(ascii: "f"), skip("false") { return 0 }
        let start = position
        let isNegative = skip(UInt8(ascii: "-"))
        var value: Int64 = 0
        var digitCount = 0
        while case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            // Gathered as a negative number, of which there is one more.
            let (difference, isTooSmall) = product.subtractingReportingOverflow(Int64(digit))
            guard !isTooLarge, !isTooSmall else { throw malformed("a whole number does not fit 64 bits") }
            value = difference
            digitCount += 1
            position += 1
        }
        let isFraction = byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
        guard digitCount > 0, !isFraction, digitCount == 1 || bytes[position - digitCount] != UInt8(ascii: "0") else {
            position = digitCount > 0 ? start : position
            throw malformed("expected a whole number, found \(found)")
        }
        guard isNegative || value != .min else { throw malformed("a whole number does not fit 64 bits") }
        return isNegative ? value : -value
    }

    mutating func floats() throws(ModelError) -> [Float] {
        var numbers: [Float] = []
        try enterArray()
        var isFirst = true
        while true {
            skipWhitespace()
            if byte == UInt8(ascii: "]") && isFirst { break }
            stack.advance(by: 1)
            numbers.append(try number())
            isFirst = false
            skipWhitespace()
            if byte == UInt8(ascii: "]") { break }
            guard skip(UInt8(ascii: ",")) else { throw malformed("expected ',' or ']', found \(found)") }
        }
        position += 1
        stack.leave()
        return numbers
    }

    mutating func integers() throws(ModelError) -> [Int32] {
        var numbers: [Int32] = []
        try enterArray()
        while try nextElement() {
            let whole = try integer()
            guard let narrow = Int32(exactly: whole) else { throw malformed("\(whole) does not fit 32 bits") }
            numbers.append(narrow)
        }
        return numbers
    }

    /// Reads a number, rounded once to single precision.
    ///
    /// A decimal rounded to double and then to single precision comes out wrong only where the double lies exactly
    /// halfway between two singles; there, and where the first rounding would not be exact, the C library reads the
    /// digits themselves.
    mutating func number() throws(ModelError) -> Float {
        skipWhitespace()
        let start = position
        let isNegative = skip(UInt8(ascii: "-"))
        if byte == UInt8(ascii: "I"), skip("Infinity") { return isNegative ? -.infinity : .infinity }
        if byte == UInt8(ascii: "N"), skip("NaN") { return .nan }
        var digits: UInt64 = 0
        var significantCount = 0
        var exponent = 0
        let wholeCount = readDigits(into: &digits, &significantCount)
        guard wholeCount > 0 else { throw malformed("expected a number, found \(found)") }
        guard wholeCount == 1 || bytes[position - wholeCount] != UInt8(ascii: "0") else {
            throw malformed("a number begins with 0")
        }
        if skip(UInt8(ascii: ".")) {
            let count = readDigits(into: &digits, &significantCount)
            guard count > 0 else { throw malformed("expected a digit, found \(found)") }
            exponent = -count
        }
        if byte | 0x20 == UInt8(ascii: "e") { exponent += try readExponent() }
        guard position - start <= Self.numberLengthMax else {
            throw failure("a number has more than \(Self.numberLengthMax) digits", kind: .limitExceeded)
        }
        if significantCount <= 19, digits <= 1 << 53, abs(exponent) <= 22 {
            let power = Self.powersOfTen[abs(exponent)]
            let magnitude = exponent < 0 ? Double(digits) / power : Double(digits) * power
            let halfway = magnitude.bitPattern & 0x1FFF_FFFF == 0x1000_0000
            let single = Float(magnitude)
            if !halfway, single.isNormal || magnitude == 0 { return isNegative ? -single : single }
        }
        return Self.rounded(UnsafeRawBufferPointer(rebasing: bytes[start..<position]))
    }

    /// The powers of ten that double precision holds exactly.
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    private mutating func readDigits(into value: inout UInt64, _ significantCount: inout Int) -> Int {
        let start = position
        while case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
            value = value &* 10 &+ UInt64(digit)
            if significantCount > 0 || digit > 0 { significantCount += 1 }
            position += 1
        }
        return position - start
    }

    /// Reads the part from `e` on, held within bounds far outside those of single precision.
    private mutating func readExponent() throws(ModelError) -> Int {
        position += 1
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative || byte == UInt8(ascii: "+") { position += 1 }
        var value: UInt64 = 0
        var significantCount = 0
        guard readDigits(into: &value, &significantCount) > 0 else {
            throw malformed("expected a digit, found \(found)")
        }
        let magnitude = significantCount <= 5 ? Int(value) : 100_000
        return isNegative ? -magnitude : magnitude
    }

    /// Converts with `strtof`, which needs a copy with a zero byte behind it.
    private static func rounded(_ spelling: UnsafeRawBufferPointer) -> Float {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: spelling.count + 1) { buffer in
            for (index, byte) in spelling.enumerated() {
                buffer.initializeElement(at: index, to: CChar(bitPattern: byte))
            }
            buffer.initializeElement(at: spelling.count, to: 0)
            return buffer.baseAddress.map { strtof($0, nil) } ?? .nan
        }
    }
}
