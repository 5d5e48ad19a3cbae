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

    /// Changes columns of some rows, which may go to the place where they are.
    ///
    /// - Parameters:
    ///   - pitch: The distance from one row of the source to the next.
    ///   - stride: That of the target.
    /// - Returns: Whether there is a result for every element.
    func apply(
        to source: UnsafePointer<Float>, pitch: Int, into target: UnsafeMutablePointer<Float>, stride: Int, rows: Int
    ) -> Bool {
        let kind: slipway_change_kind
        var replaced: Float = 0
        let figures: (first: [Float], second: [Float])
        switch self {
        case .fill(let value, let values):
            (kind, replaced, figures) = (value.isNaN ? slipway_fill_missing : slipway_fill, value, (values, values))
        case .scale(let offsets, let factors): (kind, figures) = (slipway_scale, (offsets, factors))
        case .add(let values): (kind, figures) = (slipway_add, (values, values))
        case .subtract(let values): (kind, figures) = (slipway_subtract, (values, values))
        case .multiply(let values): (kind, figures) = (slipway_multiply, (values, values))
        case .divide(let values): (kind, figures) = (slipway_divide, (values, values))
        case .clip(let low, let high): (kind, figures) = (slipway_clip, (low, high))
        case .binarize(let thresholds): (kind, figures) = (slipway_binarize, (thresholds, thresholds))
        }
        return figures.first.withUnsafeBufferPointer { first in
            figures.second.withUnsafeBufferPointer { second in
                guard let firsts = first.baseAddress, let seconds = second.baseAddress else { return true }
                return slipway_change_columns(
                    slipway_change(kind: kind, replaced: replaced, first: firsts, second: seconds),
                    slipway_block(
                        rows: rows, columns: first.count, source: source, pitch: pitch, target: target, stride: stride))
            }
        }
    }
}
