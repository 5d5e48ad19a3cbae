import Foundation

/// The regularised incomplete beta function.
///
/// The continued fraction is 8.17.22 of the *NIST Digital Library of Mathematical Functions*, evaluated by Lentz's
/// method. Relative accuracy is about 1e-10 for parameters up to 1e6.
package enum BetaFunction {
    /// The most terms of the fraction; a few √max(a, b) are needed.
    private static let termLimit = 100_000

    /// I_x(a, b): the share of the beta distribution below `x`.
    ///
    /// - Parameters:
    ///   - a: Above 0.
    ///   - b: Above 0.
    package static func regularized(_ a: Double, _ b: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        // The fraction converges fast on this side of the mean; the other side is its complement (8.17.4).
        guard x < (a + 1) / (a + b + 2) else { return 1 - fraction(b, a, 1 - x) }
        return fraction(a, b, x)
    }

    private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 0.0
        var value = 1.0
        for n in 0..<termLimit {
            let m = Double(n / 2)
            let numerator: Double
            if n == 0 {
                numerator = 1
            } else if n.isMultiple(of: 2) {
                numerator = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            } else {
                numerator = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            }
            d = 1 + numerator * d
            if abs(d) < tiny { d = tiny }
            d = 1 / d
            c = 1 + numerator / c
            if abs(c) < tiny { c = tiny }
            value *= c * d
            if n > 0, abs(c * d - 1) < 1e-15 { break }
        }
        // The first term made the value 1 + 1/(…), of which the fraction is the part behind the sum.
        return density(a, b, x) / a * (value - 1)
    }

    /// x^a (1 − x)^b / B(a, b).
    private static func density(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let logarithm =
            GammaFunction.logarithm(a + b) - GammaFunction.logarithm(a) - GammaFunction.logarithm(b)
            + a * log(x) + b * log1p(-x)
        return exp(logarithm)
    }
}
