/// Tests whether two samples of categories come from one distribution.
///
/// Pearson's test of homogeneity on the 2 x k table of counts: X² = Σ (observed − expected)² / expected with k − 1
/// degrees of freedom and no continuity correction (K. Pearson 1900), as
/// `scipy.stats.chi2_contingency(correction=False)` computes it. Below about five expected rows in a category the
/// p-value is only approximate (W. Cochran 1954).
public struct ChiSquareTest: Sendable {
    /// The name of the test in reports.
    public static let name = "chi_square"
    /// The p-value below which two samples count as different.
    public static let defaultThreshold = 0.01

    /// The p-value below which the verdict is `drifted`.
    public var threshold: Double

    /// Makes the test.
    public init(threshold: Double = Self.defaultThreshold) { self.threshold = threshold }

    /// Compares categories; `nil` when either sample is empty.
    public func score(baseline: CategoryCounts, current: CategoryCounts) -> DriftScore? {
        guard !baseline.isEmpty, !current.isEmpty else { return nil }
        let table = baseline.aligned(with: current)
        let baselineTotal = table.reduce(0) { $0 + $1.baseline }
        let currentTotal = table.reduce(0) { $0 + $1.current }
        let total = baselineTotal + currentTotal
        let statistic = table.reduce(0.0) { sum, cell in
            let rows = cell.baseline + cell.current
            let expected = (baseline: rows * baselineTotal / total, current: rows * currentTotal / total)
            let distances = (baseline: cell.baseline - expected.baseline, current: cell.current - expected.current)
            return sum + distances.baseline * distances.baseline / expected.baseline
                + distances.current * distances.current / expected.current
        }
        let pValue = ChiSquareDistribution.survival(at: statistic, degreesOfFreedom: table.count - 1)
        return DriftScore(
            test: Self.name, statistic: statistic, pValue: pValue, threshold: threshold,
            verdict: pValue < threshold ? .drifted : .stable)
    }
}
