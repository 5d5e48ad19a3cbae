import Foundation

/// Numbers as text with eight significant digits, as `%.8g` of the C library writes them.
enum DecimalText {
    /// The powers of ten that double precision holds exactly.
    private static let exactPowersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
    private static let digitCount = 8

    /// The text of a finite number.
    ///
    /// One multiplication or division by an exact power of ten leaves an error of 2^-53, so the digits are known unless
    /// the rest lies close to one half; the C library decides those.
    static func eightDigits(of value: Double) -> String {
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        let magnitude = value.magnitude
        guard magnitude >= 1e-13, magnitude < 1e21 else { return byLibrary(value) }
        // The binary exponent times the logarithm of two, which is at most one too low.
        var exponent = ((Int(magnitude.bitPattern >> 52) - 1023) * 78_913) >> 18
        var scaled = scaled(magnitude, exponent)
        if scaled >= 1e8 || scaled < 1e7 {
            exponent += scaled < 1e7 ? -1 : 1
            scaled = self.scaled(magnitude, exponent)
        }
        guard scaled >= 1e7, scaled < 1e8, abs(scaled - Double(Int(scaled)) - 0.5) > 1e-6 else {
            return byLibrary(value)
        }
        var digits = Int(scaled + 0.5)
        if digits == 100_000_000 {
            digits = 10_000_000
            exponent += 1
        }
        return text(digits, exponent: exponent, isNegative: value < 0)
    }

    private static func scaled(_ magnitude: Double, _ exponent: Int) -> Double {
        let power = digitCount - 1 - exponent
        return power >= 0 ? magnitude * exactPowersOfTen[power] : magnitude / exactPowersOfTen[-power]
    }

    private static func byLibrary(_ value: Double) -> String { String(format: "%.8g", value) }

    /// Spells eight digits, of which the first one counts `10^exponent`, without zeros at the end.
    private static func text(_ digits: Int, exponent: Int, isNegative: Bool) -> String {
        // One digit to a byte, the first one in the lowest.
        var spelled: UInt64 = 0
        var rest = UInt32(truncatingIfNeeded: digits)
        for _ in 0..<digitCount {
            spelled = spelled << 8 | UInt64(rest % 10)
            rest /= 10
        }
        let count = max(digitCount - spelled.leadingZeroBitCount / 8, 1)
        let isScientific = exponent < -4 || exponent >= digitCount
        // The place of the first digit before the point; below 0 zeros follow the point.
        let lead = isScientific ? 0 : exponent
        // Up to so many bytes a text needs no memory of its own, and no text here is longer.
        return String(unsafeUninitializedCapacity: 15) { buffer in
            var end = 0
            func put(_ byte: UInt8) {
                buffer[end] = byte
                end &+= 1
            }
            if isNegative { put(UInt8(ascii: "-")) }
            if lead < 0 {
                put(UInt8(ascii: "0"))
                put(UInt8(ascii: "."))
                for _ in 0..<(-lead - 1) { put(UInt8(ascii: "0")) }
            }
            for index in 0..<max(count, lead + 1) {
                if index == lead + 1, lead >= 0 { put(UInt8(ascii: ".")) }
                put(UInt8(ascii: "0") | UInt8(truncatingIfNeeded: spelled))
                spelled >>= 8
            }
            if isScientific {
                put(UInt8(ascii: "e"))
                put(UInt8(ascii: exponent < 0 ? "-" : "+"))
                let size = abs(exponent)
                put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: size / 10))
                put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: size % 10))
            }
            return end
        }
    }
}

extension DecimalText {
    /// The largest number of which every digit counts in double precision, and one more.
    private static let exactLimit: UInt64 = 1_000_000_000_000_000

    /// The number that a plain text stands for, such as `-12.5` or `3e-7`; `nil` for every other text, number or not.
    ///
    /// A whole number of up to 15 digits is exact, and so is the power of ten; one operation on both rounds once.
    static func number(_ text: String) -> Double? {
        text.utf8.withContiguousStorageIfAvailable { number($0) } ?? nil
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var place = 0
        var whole: UInt64 = 0
        /// Reads digits up to the next byte that is none, and says how many there are; -1 for too many.
        func readDigits() -> Int {
            let start = place
            while place < bytes.count, bytes[place] &- UInt8(ascii: "0") < 10 {
                whole = whole &* 10 &+ UInt64(bytes[place] &- UInt8(ascii: "0"))
                place &+= 1
                if whole >= exactLimit { return -1 }
            }
            return place - start
        }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { place = 1 }
        guard readDigits() > 0 else { return nil }
        var power = 0
        if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
            place += 1
            let count = readDigits()
            guard count > 0 else { return nil }
            power = -count
        }
        let digits = whole
        if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
            place += 1
            let isBelow = place < bytes.count && bytes[place] == UInt8(ascii: "-")
            if isBelow || place < bytes.count && bytes[place] == UInt8(ascii: "+") { place += 1 }
            whole = 0
            guard readDigits() > 0, whole < 100 else { return nil }
            power += isBelow ? -Int(whole) : Int(whole)
        }
        guard place == bytes.count, exactPowersOfTen.indices ~= abs(power) else { return nil }
        let value =
            power < 0 ? Double(digits) / exactPowersOfTen[-power] : Double(digits) * exactPowersOfTen[power]
        return isNegative ? -value : value
    }
}
