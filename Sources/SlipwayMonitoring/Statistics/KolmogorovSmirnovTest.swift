/// Tests whether two samples of numbers come from one distribution, by their largest difference.
///
/// The statistic is D = sup |F₁(x) − F₂(x)| of the empirical distribution functions; the p-value is the asymptotic one,
/// Q(√(n·m/(n+m)) · D) with Kolmogorov's distribution (N. Smirnov 1948), which `scipy.special.kolmogorov` computes. It
/// is slightly conservative for small or tied samples. Weights count as rows.
public struct KolmogorovSmirnovTest: Sendable {
    /// The name of the test in reports.
    public static let name = "ks"
    /// The p-value below which two samples count as different.
    public static let defaultThreshold = 0.01

    /// The p-value below which the verdict is `drifted`.
    public var threshold: Double

    /// Makes the test.
    public init(threshold: Double = Self.defaultThreshold) { self.threshold = threshold }

    /// Compares numbers; `nil` when either sample is empty.
    ///
    /// - Complexity: O(n + m).
    public func score(baseline: WeightedSample, current: WeightedSample) -> DriftScore? {
        guard !baseline.isEmpty, !current.isEmpty else { return nil }
        let distance = Self.distance(baseline, current)
        let effectiveRows =
            baseline.totalWeight / (baseline.totalWeight + current.totalWeight) * current.totalWeight
        let pValue = KolmogorovDistribution.survival(at: effectiveRows.squareRoot() * distance)
        return DriftScore(
            test: Self.name, statistic: distance, pValue: pValue, threshold: threshold,
            verdict: pValue < threshold ? .drifted : .stable)
    }

    private static func distance(_ first: WeightedSample, _ second: WeightedSample) -> Double {
        var (i, j) = (0, 0)
        var (below, other) = (0.0, 0.0)
        var largest = 0.0
        while i < first.points.count, j < second.points.count {
            let value = min(first.points[i].value, second.points[j].value)
            if first.points[i].value == value {
                below += first.points[i].weight
                i += 1
            }
            if second.points[j].value == value {
                other += second.points[j].weight
                j += 1
            }
            largest = max(largest, abs(below / first.totalWeight - other / second.totalWeight))
        }
        // Beyond the end of one sample its function is 1 and the other only rises towards it.
        return min(largest, 1)
    }
}
