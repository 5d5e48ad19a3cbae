import Foundation

/// Measures how far a distribution has moved, by the population stability index.
///
/// The index is Σ (currentᵢ − baselineᵢ) · ln(currentᵢ / baselineᵢ) over the shares of rows in shared bins, a symmetric
/// Kullback–Leibler divergence in nats (S. Kullback and R. Leibler 1951; as used for scorecards by N. Siddiqi, *Credit
/// Risk Scorecards*, 2006, whose customary limits are 0.1 for a slight and 0.25 for a major shift).
///
/// - Numbers fall into bins bounded by the baseline's quantiles, upper bound included; both outer bins are open. Equal
///   quantiles make one bound. Where the lowest bound is the baseline's minimum, smaller values get a bin of their own.
/// - Texts are their own bins.
/// - An empty bin counts as half a row (``emptyBinRows``), so the index is finite and small windows are not punished as
///   much as a fixed small share would.
public struct PopulationStabilityIndex: Sendable {
    /// The name of the test in reports.
    public static let name = "psi"
    /// The index above which a distribution counts as drifted.
    public static let defaultThreshold = 0.2
    /// The number of quantile bins of a numeric baseline.
    public static let defaultBinCount = 10
    /// The rows that an empty bin counts for: the epsilon that keeps the logarithm finite.
    public static let emptyBinRows = 0.5

    /// The index above which the verdict is `drifted`.
    public var threshold: Double
    /// The number of quantile bins of a numeric baseline, at least 2.
    public var binCount: Int

    /// Makes the test.
    public init(threshold: Double = Self.defaultThreshold, binCount: Int = Self.defaultBinCount) {
        self.threshold = threshold
        self.binCount = max(2, binCount)
    }

    /// Compares numbers; `nil` when either sample is empty.
    public func score(baseline: WeightedSample, current: WeightedSample) -> DriftScore? {
        guard !baseline.isEmpty, !current.isEmpty else { return nil }
        let bounds = bounds(of: baseline)
        return score(Array(zip(Self.fill(bounds, with: baseline), Self.fill(bounds, with: current))))
    }

    /// Compares categories; `nil` when either sample is empty.
    public func score(baseline: CategoryCounts, current: CategoryCounts) -> DriftScore? {
        guard !baseline.isEmpty, !current.isEmpty else { return nil }
        return score(baseline.aligned(with: current))
    }

    /// The distinct upper bounds of all bins but the last, ascending.
    func bounds(of baseline: WeightedSample) -> [Double] {
        var bounds: [Double] = []
        for index in 1..<binCount {
            guard let bound = baseline.quantile(Double(index) / Double(binCount)) else { continue }
            if bounds.last != bound { bounds.append(bound) }
        }
        if let lowest = bounds.first, lowest == baseline.points.first?.value { bounds.insert(lowest.nextDown, at: 0) }
        return bounds
    }

    private static func fill(_ bounds: [Double], with sample: WeightedSample) -> [Double] {
        var bins = [Double](repeating: 0, count: bounds.count + 1)
        var bin = 0
        for point in sample.points {
            while bin < bounds.count, point.value > bounds[bin] { bin += 1 }
            bins[bin] += point.weight
        }
        return bins
    }

    private func score(_ bins: [(baseline: Double, current: Double)]) -> DriftScore {
        let baselineTotal = bins.reduce(0) { $0 + $1.baseline }
        let currentTotal = bins.reduce(0) { $0 + $1.current }
        let index = bins.reduce(0.0) { sum, bin in
            // A bin that neither side fills says nothing; smoothing it would invent a difference of sizes.
            guard bin.baseline > 0 || bin.current > 0 else { return sum }
            let baseline = (bin.baseline > 0 ? bin.baseline : Self.emptyBinRows) / baselineTotal
            let current = (bin.current > 0 ? bin.current : Self.emptyBinRows) / currentTotal
            return sum + (current - baseline) * log(current / baseline)
        }
        return DriftScore(
            test: Self.name, statistic: index, threshold: threshold, verdict: index > threshold ? .drifted : .stable)
    }
}
