import Foundation

/// Kolmogorov's limiting distribution of √n times the largest difference of distribution functions.
package enum KolmogorovDistribution {
    /// Below this argument the theta-function form converges in a few terms, above it the alternating one.
    private static let crossover = 0.82

    /// The probability of a value above `x`; 1 for `x` ≤ 0.
    ///
    /// Q(x) = 2 Σ (−1)^(k−1) exp(−2k²x²), and 1 − (√(2π)/x) Σ exp(−(2k−1)²π²/(8x²)) for small x (W. Feller 1948).
    package static func survival(at x: Double) -> Double {
        guard x > 0 else { return 1 }
        return x <= crossover ? 1 - smallSum(x) : largeSum(x)
    }

    private static func smallSum(_ x: Double) -> Double {
        let exponent = -Double.pi * Double.pi / (8 * x * x)
        var sum = 0.0
        for odd in stride(from: 1.0, through: 9, by: 2) { sum += exp(exponent * odd * odd) }
        return (2 * Double.pi).squareRoot() / x * sum
    }

    private static func largeSum(_ x: Double) -> Double {
        var sum = 0.0
        var sign = 1.0
        for k in stride(from: 1.0, through: 8, by: 1) {
            sum += sign * exp(-2 * k * k * x * x)
            sign = -sign
        }
        return min(1, 2 * sum)
    }
}
