import Foundation

/// The Gauss–Legendre quadrature on the interval from 0 to 1.
///
/// With n points it integrates every polynomial of degree 2n - 1 or less exactly, up to rounding.
struct GaussLegendreRule: Sendable, Equatable {
    /// The roots of the Legendre polynomial, moved from (-1, 1) to (0, 1), ascending.
    let points: [Double]
    /// The weight of each point; they sum to 1.
    let weights: [Double]

    /// Computes the rule by Newton's method from Chebyshev-like first guesses.
    ///
    /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 25.4.29 and 25.4.30.
    /// - Precondition: There is at least one point.
    /// - Complexity: O(count²).
    init(count: Int) {
        var points = [Double](repeating: 0.5, count: count)
        var weights = [Double](repeating: 1, count: count)
        for index in 0..<count {
            var root = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
            var slope = 1.0
            // Newton doubles the right digits each time: six steps are enough from guesses this good.
            for _ in 0..<8 {
                let (value, derivative) = Self.legendre(degree: count, at: root)
                slope = derivative
                root -= value / derivative
            }
            points[count - 1 - index] = (root + 1) / 2
            weights[count - 1 - index] = 1 / ((1 - root * root) * slope * slope)
        }
        self.points = points
        self.weights = weights
    }

    /// The Legendre polynomial of a degree of 1 or more and its derivative.
    private static func legendre(degree: Int, at x: Double) -> (value: Double, derivative: Double) {
        var (before, value) = (1.0, x)
        for order in 1..<max(degree, 1) {
            let next = (Double(2 * order + 1) * x * value - Double(order) * before) / Double(order + 1)
            (before, value) = (value, next)
        }
        return (value, Double(degree) * (x * value - before) / (x * x - 1))
    }
}
