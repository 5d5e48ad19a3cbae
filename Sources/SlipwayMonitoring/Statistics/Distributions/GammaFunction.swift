import Foundation

/// The gamma function's logarithm and the regularised incomplete gamma functions.
///
/// The series and the continued fraction are those of the *NIST Digital Library of Mathematical Functions*, 8.7.1 and
/// 8.9.2, the latter evaluated by Lentz's method; Stirling's series is 5.11.1. Relative accuracy is about 1e-12.
package enum GammaFunction {
    /// Above this argument Stirling's series is exact to double precision.
    private static let stirlingMinimum = 20.0
    /// The most terms of the series or the fraction; about 10 √a are needed, so this serves a up to 1e8.
    private static let termLimit = 100_000

    /// P(a, x): the share of the gamma distribution of shape `a` below `x`.
    ///
    /// - Parameter a: Above 0.
    package static func regularizedLower(_ a: Double, _ x: Double) -> Double {
        guard x > 0 else { return 0 }
        return x < a + 1 ? series(a, x) : 1 - fraction(a, x)
    }

    /// Q(a, x): the share of the gamma distribution of shape `a` above `x`.
    ///
    /// - Parameter a: Above 0.
    package static func regularizedUpper(_ a: Double, _ x: Double) -> Double {
        guard x > 0 else { return 1 }
        guard x.isFinite else { return 0 }
        return x < a + 1 ? 1 - series(a, x) : fraction(a, x)
    }

    /// ln Γ(a) for `a` above 0.
    package static func logarithm(_ a: Double) -> Double {
        // Γ(a) = Γ(a + n) / (a (a + 1) … (a + n − 1)) lifts small arguments to where the series holds.
        var lifted = a
        var product = 1.0
        while lifted < stirlingMinimum {
            product *= lifted
            lifted += 1
        }
        return (lifted - 0.5) * log(lifted) - lifted + 0.5 * log(2 * Double.pi) + stirlingTail(lifted) - log(product)
    }

    private static func stirlingTail(_ a: Double) -> Double {
        let inverse = 1 / a
        let square = inverse * inverse
        let tail = 1 / 1260.0 - square * (1 / 1680.0 - square / 1188)
        return inverse * (1 / 12.0 - square * (1 / 360.0 - square * tail))
    }

    /// x^a e^(−x) / Γ(a).
    private static func density(_ a: Double, _ x: Double) -> Double {
        guard a >= stirlingMinimum else { return exp(a * log(x) - x - logarithm(a)) }
        // The large terms a ln x, x, and ln Γ(a) nearly cancel; their difference is taken analytically.
        let deviation = (x - a) / a
        let logarithm = abs(deviation) < 0.5 ? log1p(deviation) : log(x / a)
        return (a / (2 * Double.pi)).squareRoot() * exp(a * (logarithm - deviation) - stirlingTail(a))
    }

    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1 / a
        var sum = term
        for n in 1...termLimit {
            term *= x / (a + Double(n))
            sum += term
            if term < sum * 1e-17 { break }
        }
        return density(a, x) * sum
    }

    private static func fraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var value = d
        for n in 1...termLimit {
            let numerator = -Double(n) * (Double(n) - a)
            b += 2
            d = numerator * d + b
            if abs(d) < tiny { d = tiny }
            c = b + numerator / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            let factor = c * d
            value *= factor
            if abs(factor - 1) < 1e-15 { break }
        }
        return density(a, x) * value
    }
}
