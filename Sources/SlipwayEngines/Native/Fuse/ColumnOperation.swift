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

    /// Changes columns in place.
    ///
    /// - Parameters:
    ///   - stride: The distance from one row to the next.
    /// - Returns: Whether there is a result for every element.
    func apply(to values: UnsafeMutablePointer<Float>, rows: Int, stride: Int) -> Bool {
        let block = Block(values: values, rows: rows, stride: stride)
        switch self {
        case .fill(let replaced, let figures):
            if replaced.isNaN {
                block.change(figures) { $0.isNaN ? $1 : $0 }
            } else {
                block.change(figures) { $0 == replaced ? $1 : $0 }
            }
        case .scale(let offsets, let factors): block.change(offsets, factors) { ($0 - $1) * $2 }
        case .add(let figures): block.change(figures) { $0 + $1 }
        case .subtract(let figures): block.change(figures) { $0 - $1 }
        case .multiply(let figures): block.change(figures) { $0 * $1 }
        case .divide(let figures): block.change(figures) { $0 / $1 }
        case .clip(let low, let high):
            block.change(low, high) { value, low, high in
                let raised = value < low ? low : value
                return raised > high ? high : raised
            }
        case .binarize(let thresholds):
            var isDefined = true
            block.change(thresholds) { value, threshold in
                if value.isNaN { isDefined = false }
                return value > threshold ? 1 : 0
            }
            return isDefined
        }
        return true
    }

    /// The columns of some rows.
    private struct Block {
        let values: UnsafeMutablePointer<Float>
        let rows: Int
        let stride: Int

        @inline(__always)
        func change(_ figures: [Float], _ change: (Float, Float) -> Float) {
            self.change(figures, figures) { value, figure, _ in change(value, figure) }
        }

        @inline(__always)
        func change(_ first: [Float], _ second: [Float], _ change: (Float, Float, Float) -> Float) {
            first.withUnsafeBufferPointer { first in
                second.withUnsafeBufferPointer { second in
                    for row in 0..<rows {
                        let line = values + row * stride
                        for column in 0..<first.count {
                            line[column] = change(line[column], first[column], second[column])
                        }
                    }
                }
            }
        }
    }
}
