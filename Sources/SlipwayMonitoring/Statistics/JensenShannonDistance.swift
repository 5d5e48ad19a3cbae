import Foundation

/// Measures how far the shares of categories have moved, from 0 (equal) to 1 (nothing in common).
///
/// The square root of the Jensen–Shannon divergence in bits (J. Lin 1991; D. Endres and J. Schindelin 2003 show that it
/// is a metric), as `scipy.spatial.distance.jensenshannon(base=2)` computes it. It needs no smoothing.
public struct JensenShannonDistance: Sendable {
    /// The name of the test in reports.
    public static let name = "jensen_shannon"
    /// The distance above which a distribution counts as drifted.
    public static let defaultThreshold = 0.1

    /// The distance above which the verdict is `drifted`.
    public var threshold: Double

    /// Makes the test.
    public init(threshold: Double = Self.defaultThreshold) { self.threshold = threshold }

    /// Compares categories; `nil` when either sample is empty.
    public func score(baseline: CategoryCounts, current: CategoryCounts) -> DriftScore? {
        guard !baseline.isEmpty, !current.isEmpty else { return nil }
        let table = baseline.aligned(with: current)
        let baselineTotal = table.reduce(0) { $0 + $1.baseline }
        let currentTotal = table.reduce(0) { $0 + $1.current }
        let divergence = table.reduce(0.0) { sum, cell in
            let shares = (baseline: cell.baseline / baselineTotal, current: cell.current / currentTotal)
            let middle = (shares.baseline + shares.current) / 2
            return sum + Self.term(shares.baseline, middle) / 2 + Self.term(shares.current, middle) / 2
        }
        let distance = min(max(divergence, 0), 1).squareRoot()
        return DriftScore(
            test: Self.name, statistic: distance, threshold: threshold,
            verdict: distance > threshold ? .drifted : .stable)
    }

    private static func term(_ share: Double, _ middle: Double) -> Double {
        share > 0 ? share * log2(share / middle) : 0
    }
}
