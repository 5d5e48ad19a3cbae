import Foundation

/// The digits of a decimal number as one integer and a power of ten, gathered while a parser walks over them.
struct DecimalDigits {
    /// The most bytes that a number may be spelled with.
    static let lengthMax = 1_024

    /// The powers of ten that double precision holds exactly.
    private static let exactPowersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The digits so far; meaningless once there are more than 19 significant ones.
    private(set) var value: UInt64 = 0
    /// How many digits there are from the first that is not zero.
    private(set) var significantCount = 0
    /// The power of ten to scale ``value`` by.
    var exponent = 0

    /// Adds the next digit.
    mutating func append(_ digit: UInt8) {
        value = value &* 10 &+ UInt64(digit)
        if significantCount > 0 || digit > 0 { significantCount += 1 }
    }

    /// The digits as the exponent of another number, held within bounds far outside those of double precision.
    func asExponent(isNegative: Bool) -> Int {
        let magnitude = significantCount <= 5 ? Int(value) : 100_000
        return isNegative ? -magnitude : magnitude
    }

    /// The digits as a signed integer, or `nil` when 64 bits do not hold them.
    func integer(isNegative: Bool) -> Int64? {
        guard significantCount <= 19 else { return nil }
        guard isNegative else { return Int64(exactly: value) }
        return value <= Int64.min.magnitude ? Int64(truncatingIfNeeded: 0 &- value) : nil
    }

    /// The number, correctly rounded; infinite when it is beyond double precision.
    ///
    /// Where the digits fit 53 bits and the power of ten is exact, one multiplication or division rounds once and is
    /// therefore right (Clinger 1990); the C library does the rest.
    ///
    /// - Parameter spelling: The whole number with its sign, at most ``lengthMax`` bytes.
    func number(isNegative: Bool, spelling: UnsafeBufferPointer<UInt8>) -> Double {
        guard significantCount <= 19, value <= 1 << 53, abs(exponent) <= 22 else {
            return Self.roundedByLibrary(spelling)
        }
        let power = Self.exactPowersOfTen[abs(exponent)]
        let magnitude = exponent < 0 ? Double(value) / power : Double(value) * power
        return isNegative ? -magnitude : magnitude
    }

    /// Converts with `strtod`, which needs a copy with a zero byte behind it.
    private static func roundedByLibrary(_ spelling: UnsafeBufferPointer<UInt8>) -> Double {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: spelling.count + 1) { buffer in
            for (index, byte) in spelling.enumerated() {
                buffer.initializeElement(at: index, to: CChar(bitPattern: byte))
            }
            buffer.initializeElement(at: spelling.count, to: 0)
            return buffer.baseAddress.map { strtod($0, nil) } ?? .nan
        }
    }
}
