extension JSONParser {
    /// Reads a number; the result is correctly rounded.
    mutating func number() throws(DataError) -> JSONValue {
        let start = position
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var digits = DecimalDigits()
        try integerPart(into: &digits, from: start)
        let wholeEnd = position
        if byte == UInt8(ascii: ".") {
            position += 1
            digits.exponent -= try someDigits(into: &digits)
        }
        if byte | 0x20 == UInt8(ascii: "e") {
            position += 1
            digits.exponent += try exponent()
        }
        guard position - start <= DecimalDigits.lengthMax else {
            throw failure("a number has more than \(DecimalDigits.lengthMax) digits", kind: .limitExceeded, at: start)
        }
        if position == wholeEnd, let whole = digits.integer(isNegative: isNegative) { return .integer(whole) }
        let spelling = UnsafeBufferPointer(rebasing: bytes[start..<position])
        let number = digits.number(isNegative: isNegative, spelling: spelling)
        guard number.isFinite else { throw failure("a number is too large for double precision", at: start) }
        return .number(number)
    }

    private mutating func integerPart(into digits: inout DecimalDigits, from start: Int) throws(DataError) {
        guard byte == UInt8(ascii: "0") else {
            guard byte != UInt8(ascii: "I"), byte != UInt8(ascii: "N") else {
                position = start
                throw unexpectedValue()
            }
            _ = try someDigits(into: &digits)
            return
        }
        position += 1
        if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            throw failure("a number begins with 0", at: start, hint: "Put numbers with leading zeros in quotes.")
        }
    }

    /// Reads one or more digits and returns how many.
    private mutating func someDigits(into digits: inout DecimalDigits) throws(DataError) -> Int {
        let start = position
        while case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
            digits.append(digit)
            position += 1
        }
        guard position > start else { throw failure("expected a digit, found \(found)") }
        return position - start
    }

    /// Reads the part after `e`.
    private mutating func exponent() throws(DataError) -> Int {
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative || byte == UInt8(ascii: "+") { position += 1 }
        var digits = DecimalDigits()
        _ = try someDigits(into: &digits)
        return digits.asExponent(isNegative: isNegative)
    }
}
