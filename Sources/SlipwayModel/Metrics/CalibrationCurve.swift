/// How often the positive class came true, by predicted probability.
///
/// The unit interval is cut into bins of equal width, as `sklearn.calibration.calibration_curve(strategy="uniform")`
/// does: a probability that equals an inner edge belongs to the bin below it, and empty bins are left out.
public struct CalibrationCurve: Codable, Equatable, Sendable {
    /// One bin that holds rows.
    public struct Bin: Codable, Equatable, Sendable {
        /// The number of rows.
        public var count: Int
        /// The mean predicted probability of the positive class.
        public var meanProbability: Double
        /// The share of rows that came out positive.
        public var positiveShare: Double

        private enum CodingKeys: String, CodingKey {
            case count
            case meanProbability = "mean_probability"
            case positiveShare = "positive_share"
        }
    }

    /// The bins unless another number is asked for.
    public static let binCountDefault = 10

    /// The bins that hold rows, in ascending order.
    public let bins: [Bin]

    /// Makes a curve from probabilities of the positive class and what came true, by row.
    ///
    /// - Precondition: Both have the same length, probabilities lie between 0 and 1, and there is at least one bin.
    public init(isPositive: [Bool], probabilities: [Double], binCount: Int = Self.binCountDefault) {
        precondition(isPositive.count == probabilities.count && binCount > 0, "rows or bins do not fit")
        precondition(probabilities.allSatisfy((0...1).contains), "a probability lies outside of 0 to 1")
        var counts = Array(repeating: 0, count: binCount)
        var positives = counts
        var sums = Array(repeating: 0.0, count: binCount)
        let width = 1 / Double(binCount)
        for (isPositive, probability) in zip(isPositive, probabilities) {
            var bin = min(Int(probability * Double(binCount)), binCount - 1)
            // The product may round across an edge, so the edges themselves decide.
            while bin > 0, probability <= Double(bin) * width { bin -= 1 }
            while bin < binCount - 1, probability > Double(bin + 1) * width { bin += 1 }
            counts[bin] += 1
            positives[bin] += isPositive ? 1 : 0
            sums[bin] += probability
        }
        bins = (0..<binCount).filter { counts[$0] > 0 }.map { bin in
            let count = Double(counts[bin])
            return Bin(
                count: counts[bin], meanProbability: sums[bin] / count, positiveShare: Double(positives[bin]) / count)
        }
    }

    /// The mean distance between predicted probability and share of positives, weighted by rows: Σ nᵢ/n · |pᵢ − sᵢ|.
    public var expectedError: Double {
        let total = bins.reduce(0) { $0 + $1.count }
        guard total > 0 else { return 0 }
        return bins.reduce(0) { $0 + Double($1.count) * abs($1.meanProbability - $1.positiveShare) } / Double(total)
    }
}
