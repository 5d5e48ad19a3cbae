public import SlipwayData

/// How the values of one input or output are, and how far they have moved from the baseline.
public struct DistributionReport: Codable, Equatable, Sendable {
    /// A figure now and in the baseline.
    public struct Shift: Codable, Equatable, Sendable {
        /// The figure of the baseline.
        public var baseline: Double
        /// The figure of the window.
        public var current: Double

        /// Makes a pair.
        public init(baseline: Double, current: Double) {
            self.baseline = baseline
            self.current = current
        }
    }

    /// The mean and some quantiles of numbers.
    public struct Location: Codable, Equatable, Sendable {
        /// The arithmetic mean.
        public var mean: Shift
        /// The quantile of 5 %.
        public var p05: Shift
        /// The quantile of 25 %.
        public var p25: Shift
        /// The median.
        public var p50: Shift
        /// The quantile of 75 %.
        public var p75: Shift
        /// The quantile of 95 %.
        public var p95: Shift
    }

    /// The name of the field, or of the output.
    public var name: String
    /// The type of its values.
    public var type: ColumnType
    /// The rows looked at.
    public var rows: Int
    /// The share of rows without a value.
    public var missingRate: Finding<Double>
    /// The change of that share against the baseline.
    public var missingRateChange: Finding<DriftScore>
    /// The share of values outside of the minimum and maximum of the signature.
    public var outOfRangeRate: Finding<Double>
    /// The share of values that are none of the categories of the signature, or of the baseline where it has none.
    public var unknownCategoryRate: Finding<Double>
    /// How far the distribution has moved: the population stability index.
    public var drift: Finding<DriftScore>
    /// Whether that can be chance: Kolmogorov-Smirnov for numbers, chi-square for categories.
    public var significance: Finding<DriftScore>
    /// Where numbers lie, now and in the baseline.
    public var location: Finding<Location>

    /// Whether the distribution has moved both far and surely.
    ///
    /// A small window moves far by chance alone, and a huge one moves a little for sure; neither is drift.
    public var hasDrifted: Bool {
        drift.figure?.verdict == .drifted && significance.figure?.verdict == .drifted
    }

    /// Whether values go missing more or less often than in the baseline.
    public var hasMissingChanged: Bool { missingRateChange.figure?.verdict == .drifted }

    private enum CodingKeys: String, CodingKey {
        case name, type, rows
        case missingRate = "missing_rate"
        case missingRateChange = "missing_rate_change"
        case outOfRangeRate = "out_of_range_rate"
        case unknownCategoryRate = "unknown_category_rate"
        case drift, significance, location
    }
}
