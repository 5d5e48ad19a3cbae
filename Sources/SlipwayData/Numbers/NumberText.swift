/// A cell of text read as a number, a whole number, or a truth value.
///
/// Spaces and tabs around are passed over. Whole numbers may have a sign and leading zeros; numbers a fraction, an
/// exponent, or be spelled `inf` or `infinity` in any case, as pandas and R write them.
struct NumberText {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// Whether the value read last is a whole number that 64 bits do not hold.
    private(set) var isWholeBeyond64Bits = false

    /// Makes a view of a text without the blanks around it.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        var start = text.startIndex
        var end = text.endIndex
        while start < end, Self.isBlank(text[start]) { start += 1 }
        while start < end, Self.isBlank(text[end - 1]) { end -= 1 }
        bytes = UnsafeBufferPointer(rebasing: text[start..<end])
    }

    /// Whether nothing but blanks is there.
    var isEmpty: Bool { bytes.isEmpty }

    /// The first byte, or `nil` when there is none.
    var first: UInt8? { bytes.first }

    /// `true` and `false`, also as Python (`True`) and R (`TRUE`) write them.
    var truth: Bool? {
        if equals("true") || equals("True") || equals("TRUE") { return true }
        if equals("false") || equals("False") || equals("FALSE") { return false }
        return nil
    }

    /// The kind of number and its value, or `nil` when the text is none.
    mutating func value() -> Value? {
        guard !bytes.isEmpty, bytes.count <= DecimalDigits.lengthMax else { return nil }
        position = 0
        let isNegative = bytes[0] == UInt8(ascii: "-")
        if isNegative || bytes[0] == UInt8(ascii: "+") { position = 1 }
        if spellsInfinity { return .number(isNegative ? -.infinity : .infinity) }
        var digits = DecimalDigits()
        let wholeCount = readDigits(into: &digits)
        var isWhole = wholeCount > 0
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            isWhole = false
            let fractionCount = readDigits(into: &digits)
            guard wholeCount + fractionCount > 0 else { return nil }
            digits.exponent = -fractionCount
        } else if wholeCount == 0 {
            return nil
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            guard let exponent = readExponent() else { return nil }
            digits.exponent += exponent
        }
        guard position == bytes.count else { return nil }
        if isWhole, let whole = digits.integer(isNegative: isNegative) { return .integer(whole) }
        isWholeBeyond64Bits = isWhole
        return .number(digits.number(isNegative: isNegative, spelling: bytes))
    }

    private var spellsInfinity: Bool {
        guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "i") else { return false }
        let rest = String(decoding: bytes[position...], as: UTF8.self).lowercased()
        return rest == "inf" || rest == "infinity"
    }

    private mutating func readDigits(into digits: inout DecimalDigits) -> Int {
        let start = position
        while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
            digits.append(digit)
            position += 1
        }
        return position - start
    }

    private mutating func readExponent() -> Int? {
        position += 1
        var isNegative = false
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            isNegative = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        var digits = DecimalDigits()
        guard readDigits(into: &digits) > 0 else { return nil }
        return digits.asExponent(isNegative: isNegative)
    }

    /// Whether the text is spelled with the given bytes.
    func equals(_ spelling: [UInt8]) -> Bool { bytes.count == spelling.count && bytes.elementsEqual(spelling) }

    private func equals(_ word: StaticString) -> Bool {
        bytes.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
