import Foundation

extension JSONParser {
    /// The most bytes that a number may be spelled with.
    static let numberLengthMax = 1_024

    /// The powers of ten that double precision holds exactly.
    private static let exactPowersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Reads a number; the result is correctly rounded.
    ///
    /// Where the digits fit 53 bits and the power of ten is exact, one multiplication or division rounds once and is
    /// therefore right (Clinger 1990); the C library does the rest.
    mutating func number() throws(DataError) -> JSONValue {
        let start = position
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var digits = Digits()
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
        guard position - start <= Self.numberLengthMax else {
            throw failure("a number has more than \(Self.numberLengthMax) digits", kind: .limitExceeded, at: start)
        }
        if position == wholeEnd, let whole = digits.integer(isNegative: isNegative) { return .integer(whole) }
        if digits.significantCount <= 19, digits.value <= 1 << 53, abs(digits.exponent) <= 22 {
            let power = Self.exactPowersOfTen[abs(digits.exponent)]
            let magnitude = digits.exponent < 0 ? Double(digits.value) / power : Double(digits.value) * power
            return .number(isNegative ? -magnitude : magnitude)
        }
        return .number(try roundedByLibrary(from: start))
    }

    private mutating func integerPart(into digits: inout Digits, from start: Int) throws(DataError) {
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
    private mutating func someDigits(into digits: inout Digits) throws(DataError) -> Int {
        let start = position
        while case let digit = byte &- UInt8(ascii: "0"), digit < 10 {
            digits.append(digit)
            position += 1
        }
        guard position > start else { throw failure("expected a digit, found \(found)") }
        return position - start
    }

    /// Reads the part after `e`, held within bounds that are far outside what double precision knows.
    private mutating func exponent() throws(DataError) -> Int {
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative || byte == UInt8(ascii: "+") { position += 1 }
        var digits = Digits()
        _ = try someDigits(into: &digits)
        let magnitude = digits.significantCount <= 5 ? Int(digits.value) : 100_000
        return isNegative ? -magnitude : magnitude
    }

    /// Converts the bytes since `start` with `strtod`, which needs them copied before a zero byte.
    private func roundedByLibrary(from start: Int) throws(DataError) -> Double {
        let count = position - start
        let number = withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { buffer in
            for index in 0..<count { buffer.initializeElement(at: index, to: CChar(bitPattern: bytes[start + index])) }
            buffer.initializeElement(at: count, to: 0)
            return buffer.baseAddress.map { strtod($0, nil) } ?? .nan
        }
        guard number.isFinite else {
            throw failure("a number is too large for double precision", at: start)
        }
        return number
    }
}

/// The digits of a number as one integer and a power of ten.
private struct Digits {
    /// The digits so far; meaningless once there are more than 19 significant ones.
    var value: UInt64 = 0
    /// How many digits there are from the first that is not zero.
    var significantCount = 0
    /// The power of ten to scale ``value`` by.
    var exponent = 0

    mutating func append(_ digit: UInt8) {
        value = value &* 10 &+ UInt64(digit)
        if significantCount > 0 || digit > 0 { significantCount += 1 }
    }

    /// The digits as a signed integer, or `nil` when 64 bits do not hold them.
    func integer(isNegative: Bool) -> Int64? {
        guard significantCount <= 19 else { return nil }
        guard isNegative else { return Int64(exactly: value) }
        return value <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- value) : nil
    }
}
