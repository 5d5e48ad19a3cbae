/// Decimals as floating-point numbers.
enum DecimalNumber {
    /// The powers of ten that a double holds exactly.
    private static let powers: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }

    /// The double nearest to `mantissa · 10^-scale`.
    static func value(_ mantissa: Int128, scale: Int) -> Double {
        // A division of two exact numbers is rounded once; anything else goes through the reader of numbers.
        if mantissa.magnitude <= 1 << 53, powers.indices.contains(scale) { return Double(mantissa) / powers[scale] }
        return Double("\(mantissa)e-\(scale)") ?? .nan
    }
}
