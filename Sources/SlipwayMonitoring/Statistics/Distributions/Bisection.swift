/// Finds where a function of one variable passes zero.
enum Bisection {
    /// Enough halvings to leave two neighbouring numbers, whatever the range.
    private static let stepCountMax = 200

    /// The point between two bounds where a function that falls turns from positive to not positive.
    static func root(from low: Double, to high: Double, of function: (Double) -> Double) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<stepCountMax {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if function(middle) > 0 { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}
