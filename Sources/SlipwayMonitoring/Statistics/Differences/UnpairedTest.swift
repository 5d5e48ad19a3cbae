/// Compares what two models did with different rows.
public struct UnpairedTest: Sendable {
    private var champion = Moments()
    private var challenger = Moments()

    /// Starts without rows.
    public init() {}

    /// The rows of both.
    public var counts: (champion: Int, challenger: Int) { (champion.count, challenger.count) }

    /// Takes a figure of the champion.
    public mutating func add(champion figure: Double) { champion.add(figure) }

    /// Takes a figure of the challenger.
    public mutating func add(challenger figure: Double) { challenger.add(figure) }

    /// Welch's test of two means with unequal variances, with its interval; `nil` for fewer than two rows of either.
    ///
    /// The degrees of freedom are those of F. Satterthwaite (*Biometrics Bulletin* 2, 1946), as
    /// `scipy.stats.ttest_ind(equal_var=False)` computes it. Where neither varies, the p-value is 1 for equal means and 0
    /// for others.
    public func meanDifference(confidence: Double) -> DifferenceReport? {
        guard let welch = Welch(champion, challenger) else { return nil }
        let width =
            welch.error > 0
            ? StudentDistribution.halfWidth(confidence: confidence, degreesOfFreedom: welch.freedom) * welch.error : 0
        let pValue =
            welch.error > 0
            ? StudentDistribution.twoSided(welch.difference / welch.error, degreesOfFreedom: welch.freedom)
            : welch.difference == 0 ? 1 : 0
        return report(.welch, pValue, (welch.difference - width, welch.difference + width), confidence)
    }

    /// The probability of a challenger's mean this high, were it no higher than the champion's times a factor.
    ///
    /// Welch's test, one-sided; `nil` for fewer than two rows of either.
    public func pValue(challengerExceedsChampionTimes factor: Double) -> Double? {
        guard let welch = Welch(champion.scaled(by: factor), challenger) else { return nil }
        guard welch.error > 0 else { return welch.difference > 0 ? 0 : 1 }
        return StudentDistribution.survival(at: welch.difference / welch.error, degreesOfFreedom: welch.freedom)
    }

    /// The test of two shares, of figures that are 1 or 0; `nil` while either has no rows.
    ///
    /// The p-value is that of the pooled z-test (`statsmodels.stats.proportion.proportions_ztest`); the interval joins
    /// E. Wilson's of both shares (`confint_proportions_2indep(method="newcomb")`).
    public func shareDifference(confidence: Double) -> DifferenceReport? {
        guard champion.count > 0, challenger.count > 0 else { return nil }
        let pooled =
            (champion.mean * Double(champion.count) + challenger.mean * Double(challenger.count))
            / Double(champion.count + challenger.count)
        let error =
            (pooled * (1 - pooled) * (1 / Double(champion.count) + 1 / Double(challenger.count))).squareRoot()
        let difference = challenger.mean - champion.mean
        let pValue = error > 0 ? 2 * NormalDistribution.survival(at: abs(difference) / error) : 1
        return report(.newcombe, pValue, shareInterval(level: (1 - confidence) / 2), confidence)
    }

    /// The interval of the difference of two shares that each end leaves with an error of `level` (Newcombe).
    func shareInterval(level: Double) -> (low: Double, high: Double) {
        let z = NormalDistribution.upperQuantile(level)
        let (own, other) = (Self.wilson(challenger, z), Self.wilson(champion, z))
        let (p, q) = (challenger.mean, champion.mean)
        func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        return (p - q - root(p - own.low, other.high - q), p - q + root(own.high - p, q - other.low))
    }

    /// The interval of one share.
    ///
    /// Source: E. Wilson, *Journal of the American Statistical Association* 22, 1927.
    private static func wilson(_ share: Moments, _ z: Double) -> (low: Double, high: Double) {
        let (n, p) = (Double(share.count), share.mean)
        let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        let width = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
        return (middle - width, middle + width)
    }

    private func report(
        _ method: DifferenceReport.Method, _ pValue: Double, _ interval: (low: Double, high: Double),
        _ confidence: Double
    ) -> DifferenceReport {
        DifferenceReport(
            method: method, champion: champion.mean, challenger: challenger.mean,
            difference: challenger.mean - champion.mean, low: interval.low, high: interval.high,
            confidence: confidence, pValue: pValue, championRows: champion.count, challengerRows: challenger.count)
    }
}

/// The parts of Welch's test.
private struct Welch {
    let difference: Double
    let error: Double
    let freedom: Double

    init?(_ champion: Moments, _ challenger: Moments) {
        guard champion.count > 1, challenger.count > 1 else { return nil }
        let own = challenger.variance / Double(challenger.count)
        let other = champion.variance / Double(champion.count)
        difference = challenger.mean - champion.mean
        error = (own + other).squareRoot()
        let spread = own * own / Double(challenger.count - 1) + other * other / Double(champion.count - 1)
        freedom = spread > 0 ? (own + other) * (own + other) / spread : 1
    }
}
