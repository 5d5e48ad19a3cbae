/// A sample of numbers in ascending order, each with the number of rows that it stands for.
///
/// Raw values weigh one row each; the retained values of a quantile sketch weigh as many rows as they represent, so
/// that every numeric test runs on either.
public struct WeightedSample: Equatable, Sendable {
    /// A distinct value and the rows at it.
    public struct Point: Equatable, Sendable {
        /// The value; never NaN.
        public var value: Double
        /// The rows that it stands for; above zero and finite.
        public var weight: Double

        /// Makes a point.
        public init(value: Double, weight: Double) {
            self.value = value
            self.weight = weight
        }
    }

    /// The distinct values in ascending order.
    public let points: [Point]
    /// The rows in all.
    public let totalWeight: Double

    /// Makes a sample of points in any order; NaN values and weights that are not positive and finite are left out.
    ///
    /// - Complexity: O(n log n).
    public init(_ points: some Sequence<Point>) {
        let usable = points.filter { !$0.value.isNaN && $0.weight > 0 && $0.weight.isFinite }
        var merged: [Point] = []
        for point in usable.sorted(by: { $0.value < $1.value }) {
            if let last = merged.last, last.value == point.value {
                merged[merged.count - 1].weight += point.weight
            } else {
                merged.append(point)
            }
        }
        self.points = merged
        totalWeight = merged.reduce(0) { $0 + $1.weight }
    }

    /// Makes a sample of raw values, one row each; NaN values are left out.
    ///
    /// - Complexity: O(n log n).
    public init(values: some Sequence<Double>) {
        self.init(values.lazy.map { Point(value: $0, weight: 1) })
    }

    /// Whether there is no row.
    public var isEmpty: Bool { points.isEmpty }

    /// The smallest value with at least the given share of the rows at or below it (the inverse of the empirical
    /// distribution function); `nil` for an empty sample.
    ///
    /// - Complexity: O(n).
    public func quantile(_ share: Double) -> Double? {
        let wanted = share * totalWeight
        var cumulative = 0.0
        for point in points {
            cumulative += point.weight
            if cumulative >= wanted { return point.value }
        }
        return points.last?.value
    }
}
