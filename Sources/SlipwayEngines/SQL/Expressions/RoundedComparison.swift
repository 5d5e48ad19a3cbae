/// A comparison of a number rounded to single precision, said of the number before it was rounded.
///
/// A double rounds to a float of at most `t` exactly when it lies below the middle between `t` and the next float
/// above, or on it when `t` has an even significand, since ties go to even. The middle is a double, so nothing is
/// lost, and the comparison is right whatever the type of the column is.
struct RoundedComparison {
    /// A bound that the number must keep; all of them hold at once.
    struct Bound: Equatable {
        let comparison: SQLExpression.Comparison
        let threshold: Double
    }

    let bounds: [Bound]

    /// Moves a comparison; `nil` when the threshold is no finite float, or the comparison is `<>`.
    init?(_ comparison: SQLExpression.Comparison, threshold: Double) {
        let single = Float(threshold)
        guard Double(single) == threshold, single.isFinite else { return nil }
        let isEven = single.bitPattern.isMultiple(of: 2)
        let above = Self.middle(single, single.nextUp)
        let below = Self.middle(single.nextDown, single)
        switch comparison {
        case .lessOrEqual: bounds = [Bound(comparison: isEven ? .lessOrEqual : .less, threshold: above)]
        case .greater: bounds = [Bound(comparison: isEven ? .greater : .greaterOrEqual, threshold: above)]
        case .less: bounds = [Bound(comparison: isEven ? .less : .lessOrEqual, threshold: below)]
        case .greaterOrEqual: bounds = [Bound(comparison: isEven ? .greaterOrEqual : .greater, threshold: below)]
        case .equal:
            bounds = [
                Bound(comparison: isEven ? .greaterOrEqual : .greater, threshold: below),
                Bound(comparison: isEven ? .lessOrEqual : .less, threshold: above),
            ]
        case .notEqual: return nil
        }
    }

    /// The middle of two neighbours, with the first value that is too large for a float in place of infinity.
    private static func middle(_ low: Float, _ high: Float) -> Double {
        func finite(_ value: Float) -> Double {
            value.isInfinite ? (value < 0 ? -0x1p128 : 0x1p128) : Double(value)
        }
        return (finite(low) + finite(high)) / 2
    }
}
