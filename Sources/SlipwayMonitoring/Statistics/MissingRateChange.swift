/// Measures how much more, or less, often a value is missing than in the baseline.
///
/// The statistic is the difference of the two rates, current minus baseline, from −1 to 1. The p-value is that of
/// Pearson's test on the 2 x 2 table of missing and present rows. A feed that broke shows here first, while the
/// distribution of the values that still arrive may not move at all.
public struct MissingRateChange: Sendable {
    /// The name of the test in reports.
    public static let name = "missing_rate_change"
    /// The p-value below which a change is more than chance.
    public static let defaultThreshold = 0.01
    /// The smallest difference of rates that matters, however sure it is.
    public static let defaultMinimumChange = 0.02

    /// The p-value below which a large enough change is `drifted`.
    public var threshold: Double
    /// The smallest difference of rates, in either direction, that is `drifted`.
    public var minimumChange: Double

    /// Makes the test.
    public init(threshold: Double = Self.defaultThreshold, minimumChange: Double = Self.defaultMinimumChange) {
        self.threshold = threshold
        self.minimumChange = minimumChange
    }

    /// Compares missing rows out of all rows; `nil` when either side has no row.
    public func score(
        baseline: (missing: Int, rows: Int), current: (missing: Int, rows: Int)
    ) -> DriftScore? {
        guard baseline.rows > 0, current.rows > 0 else { return nil }
        let change = Double(current.missing) / Double(current.rows) - Double(baseline.missing) / Double(baseline.rows)
        let pValue = ChiSquareTest().score(baseline: Self.counts(baseline), current: Self.counts(current))?.pValue ?? 1
        let hasDrifted = pValue < threshold && abs(change) >= minimumChange
        return DriftScore(
            test: Self.name, statistic: change, pValue: pValue, threshold: threshold,
            verdict: hasDrifted ? .drifted : .stable)
    }

    private static func counts(_ side: (missing: Int, rows: Int)) -> CategoryCounts {
        CategoryCounts(["missing": Double(side.missing), "present": Double(side.rows - side.missing)])
    }
}
