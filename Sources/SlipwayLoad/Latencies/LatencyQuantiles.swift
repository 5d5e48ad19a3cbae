import Histogram

/// How long calls took, in nanoseconds to three significant digits, in the same memory for any number of calls.
///
/// The counts are those of HdrHistogram: classes that are as wide as their times are long.
public struct LatencyQuantiles: Sendable {
    /// The longest time that is told apart: an hour.
    static let nanosecondsMax: UInt64 = 3_600_000_000_000
    /// How fine the distribution in text is: lines for each halving of what remains above.
    private static let ticksPerHalving = 5

    private var histogram = Histogram<UInt64>(highestTrackableValue: nanosecondsMax)

    /// Makes an empty histogram.
    public init() {}

    /// The number of calls.
    public var count: Int { Int(clamping: histogram.totalCount) }

    /// Adds one call; one beyond an hour counts as an hour.
    public mutating func add(nanoseconds: UInt64) { histogram.record(min(nanoseconds, Self.nanosecondsMax)) }

    /// Adds all calls of another histogram.
    public mutating func merge(_ other: LatencyQuantiles) { histogram.add(other.histogram) }

    /// The nanoseconds that the given share of calls did not exceed, to within a thousandth; `nil` without calls.
    public func quantile(_ share: Double) -> Double? {
        count > 0 ? Double(histogram.valueAtPercentile(share * 100)) : nil
    }

    /// The nanoseconds of the longest call, to within a thousandth; `nil` without calls.
    public var longest: Double? { quantile(1) }

    /// The distribution in microseconds, in HdrHistogram's text format (`.hgrm`), which its plotters read.
    public var distributionText: String {
        var text = ""
        histogram.outputPercentileDistribution(
            to: &text, outputValueUnitScalingRatio: 1_000, percentileTicksPerHalfDistance: Self.ticksPerHalving)
        return text
    }
}
