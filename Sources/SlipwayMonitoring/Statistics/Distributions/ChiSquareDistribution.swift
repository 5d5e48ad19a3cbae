/// The chi-square distribution.
package enum ChiSquareDistribution {
    /// The probability of a value above `x`; 1 without degrees of freedom or for `x` ≤ 0.
    ///
    /// Q(k/2, x/2), the regularised upper incomplete gamma function.
    package static func survival(at x: Double, degreesOfFreedom: Int) -> Double {
        guard degreesOfFreedom > 0, x > 0 else { return 1 }
        return GammaFunction.regularizedUpper(Double(degreesOfFreedom) / 2, x / 2)
    }
}
