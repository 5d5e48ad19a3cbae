/// Student's distribution.
package enum StudentDistribution {
    /// The largest quantile that is looked for.
    private static let quantileMax = 1e9

    /// The probability of a value further from zero than `t`, on either side.
    ///
    /// I_x(ν/2, 1/2) at x = ν/(ν + t²) (*NIST Digital Library of Mathematical Functions*, 8.17).
    ///
    /// - Parameter degreesOfFreedom: Above 0; need not be whole.
    package static func twoSided(_ t: Double, degreesOfFreedom: Double) -> Double {
        guard t.isFinite else { return 0 }
        return BetaFunction.regularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t))
    }

    /// The probability of a value above `t`.
    package static func survival(at t: Double, degreesOfFreedom: Double) -> Double {
        let half = twoSided(t, degreesOfFreedom: degreesOfFreedom) / 2
        return t < 0 ? 1 - half : half
    }

    /// The value that the distribution keeps within, on both sides of zero, with a probability.
    ///
    /// - Parameter confidence: Between 0 and 1.
    package static func halfWidth(confidence: Double, degreesOfFreedom: Double) -> Double {
        Bisection.root(from: 0, to: quantileMax) {
            twoSided($0, degreesOfFreedom: degreesOfFreedom) - (1 - confidence)
        }
    }
}
