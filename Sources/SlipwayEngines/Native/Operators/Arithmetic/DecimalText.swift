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
        var exponent = Int(log10(magnitude).rounded(.down))
        var scaled = scaled(magnitude, exponent)
        if scaled >= 1e8 || scaled < 1e7 {
            exponent += scaled < 1e7 ? -1 : 1
            scaled = self.scaled(magnitude, exponent)
        }
        guard abs(scaled - scaled.rounded(.down) - 0.5) > 1e-6, scaled >= 1e7, scaled < 1e8 else {
            return byLibrary(value)
        }
        var digits = Int(scaled.rounded())
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
        var digits = digits
        var count = digitCount
        while digits % 10 == 0, count > 1 {
            digits /= 10
            count -= 1
        }
        let isScientific = exponent < -4 || exponent >= digitCount
        // The place of the first digit before the point; below 0 zeros follow the point.
        let lead = isScientific ? 0 : exponent
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var end = 0
            func put(_ byte: UInt8) {
                buffer[end] = byte
                end += 1
            }
            if isNegative { put(UInt8(ascii: "-")) }
            if lead < 0 {
                put(UInt8(ascii: "0"))
                put(UInt8(ascii: "."))
                for _ in 0..<(-lead - 1) { put(UInt8(ascii: "0")) }
            }
            var rest = digits
            var unit = Int(exactPowersOfTen[count - 1])
            for index in 0..<max(count, lead + 1) {
                if index == lead + 1, lead >= 0 { put(UInt8(ascii: ".")) }
                put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: unit == 0 ? 0 : rest / unit))
                rest = unit == 0 ? 0 : rest % unit
                unit /= 10
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
