import CSlipwayKernels
import SlipwayModel

/// A change of every element of some columns, in single precision, with figures of its own for each column.
enum ColumnOperation: Sendable, Equatable {
    /// One value, which may be NaN, replaced by another.
    case fill(replaced: Float, with: [Float])
    /// `(x - offset) · factor`.
    case scale(offsets: [Float], factors: [Float])
    case add([Float])
    case subtract([Float])
    case multiply([Float])
    case divide([Float])
    /// Values below the first bound or above the second one set to it.
    case clip([Float], [Float])
    /// 1 above a threshold, 0 elsewhere; NaN cannot be told.
    case binarize([Float])

    /// The operation on some of the columns.
    subscript(range: Range<Int>) -> ColumnOperation {
        switch self {
        case .fill(let replaced, let values): .fill(replaced: replaced, with: Array(values[range]))
        case .scale(let offsets, let factors): .scale(offsets: Array(offsets[range]), factors: Array(factors[range]))
        case .add(let values): .add(Array(values[range]))
        case .subtract(let values): .subtract(Array(values[range]))
        case .multiply(let values): .multiply(Array(values[range]))
        case .divide(let values): .divide(Array(values[range]))
        case .clip(let low, let high): .clip(Array(low[range]), Array(high[range]))
        case .binarize(let thresholds): .binarize(Array(thresholds[range]))
        }
    }

    /// This operation and the same one on the columns that follow, or `nil` when they are of different kinds.
    func joined(with next: ColumnOperation) -> ColumnOperation? {
        switch (self, next) {
        case (.fill(let first, let left), .fill(let second, let right)):
            first.bitPattern == second.bitPattern ? .fill(replaced: first, with: left + right) : nil
        case (.scale(let offsets, let factors), .scale(let moreOffsets, let moreFactors)):
            .scale(offsets: offsets + moreOffsets, factors: factors + moreFactors)
        case (.add(let left), .add(let right)): .add(left + right)
        case (.subtract(let left), .subtract(let right)): .subtract(left + right)
        case (.multiply(let left), .multiply(let right)): .multiply(left + right)
        case (.divide(let left), .divide(let right)): .divide(left + right)
        case (.clip(let low, let high), .clip(let moreLow, let moreHigh)): .clip(low + moreLow, high + moreHigh)
        case (.binarize(let left), .binarize(let right)): .binarize(left + right)
        default: nil
        }
    }

    /// Whether a pass does better than a node of its own, which takes columns one at a time.
    var hasFiguresPerColumn: Bool {
        switch self {
        case .fill, .scale: true
        case .add, .subtract, .multiply, .divide, .clip, .binarize: false
        }
    }

    /// The operation on so many rows side by side as one.
    func repeated(_ count: Int) -> ColumnOperation {
        var result = self
        for _ in 1..<count { result = result.joined(with: self) ?? result }
        return result
    }

    /// The operation in the form in which it runs.
    var change: ColumnChange {
        switch self {
        case .fill(let value, let values):
            ColumnChange(value.isNaN ? slipway_fill_missing : slipway_fill, replaced: value, values, values)
        case .scale(let offsets, let factors): ColumnChange(slipway_scale, offsets, factors)
        case .add(let values): ColumnChange(slipway_add, values, values)
        case .subtract(let values): ColumnChange(slipway_subtract, values, values)
        case .multiply(let values): ColumnChange(slipway_multiply, values, values)
        case .divide(let values): ColumnChange(slipway_divide, values, values)
        case .clip(let low, let high): ColumnChange(slipway_clip, low, high)
        case .binarize(let thresholds): ColumnChange(slipway_binarize, thresholds, thresholds)
        }
    }
}
