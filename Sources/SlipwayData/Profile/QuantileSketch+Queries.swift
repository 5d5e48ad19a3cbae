extension QuantileSketch {
    /// A value and how many numbers it stands for.
    public struct WeightedValue: Equatable, Sendable {
        /// The value.
        public var value: Double
        /// How many numbers it stands for.
        public var weight: Int

        /// Makes a weighted value.
        public init(value: Double, weight: Int) {
            self.value = value
            self.weight = weight
        }
    }

    /// The values in ascending order, equal ones joined; the weights add up to ``count``.
    ///
    /// - Complexity: O(s log s) for s values held.
    public var weightedValues: [WeightedValue] {
        var all: [WeightedValue] = []
        for (level, values) in levels.enumerated() {
            all.append(contentsOf: values.map { WeightedValue(value: $0, weight: 1 << level) })
        }
        all.sort { $0.value < $1.value }
        var joined: [WeightedValue] = []
        for item in all {
            if let last = joined.indices.last, joined[last].value == item.value {
                joined[last].weight += item.weight
            } else {
                joined.append(item)
            }
        }
        return joined
    }

    /// How many numbers are at most `value`.
    ///
    /// - Complexity: O(s) for s values held.
    public func rank(of value: Double) -> Int {
        levels.enumerated().reduce(0) { sum, level in
            sum + level.element.reduce(0) { $0 + ($1 <= value ? 1 : 0) } << level.offset
        }
    }

    /// The share of numbers that are at most `value`; `nil` when there are none.
    public func cumulativeShare(at value: Double) -> Double? {
        count > 0 ? Double(rank(of: value)) / Double(count) : nil
    }

    /// The smallest value that at least the given share of numbers does not exceed; `nil` when there are none.
    ///
    /// This inverts the distribution function without interpolation, NumPy's `inverted_cdf`.
    public func quantile(_ share: Double) -> Double? { quantiles([share])?.first }

    /// Several quantiles at once, in the order asked for; `nil` when there are no numbers.
    ///
    /// - Complexity: O(s log s) for s values held.
    public func quantiles(_ shares: [Double]) -> [Double]? {
        let values = weightedValues
        guard let last = values.last else { return nil }
        var cumulated: [Int] = []
        for item in values { cumulated.append((cumulated.last ?? 0) + item.weight) }
        return shares.map { share in
            let wanted = min(max(share, 0), 1) * Double(count)
            let index = cumulated.firstPosition { Double($0) >= wanted }
            return index < values.count ? values[index].value : last.value
        }
    }
}

extension [Int] {
    /// The first position of an ascending array at which a condition begins to hold, found by halving.
    fileprivate func firstPosition(where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
