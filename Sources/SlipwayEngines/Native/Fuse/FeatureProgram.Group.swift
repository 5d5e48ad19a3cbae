extension FeatureProgram {
    /// Neighbouring columns that the same operations change.
    ///
    /// It is a class for the reason that a ``Kernel`` is one.
    final class Group: Sendable {
        /// What is read, from left to right.
        let loads: [Load]
        /// The first column of the group.
        let first: Int
        let width: Int
        /// Whether the group is one category, of which no more than one column is 1.
        let isOneHot: Bool
        /// For each column the columns of ``FeatureProgram/base`` whose product it is; empty where columns are read.
        private let factors: [[Int]]
        private let changes: [ColumnChange]
        /// The same changes of ``rowsTogether`` rows side by side.
        private let wideChanges: [ColumnChange]
        /// How many rows are changed as one, so that a loop is long enough to be worth it.
        private let rowsTogether: Int
        /// The input that the first change may read where it is.
        private let plain: (input: Int, columns: FeatureColumns.GraphColumns)?

        /// The width that a row of narrow ones side by side has at least.
        private static let wideWidth = 64

        init(_ parts: GroupParts) {
            (loads, first, width, factors) = (parts.loads, parts.first, parts.width, parts.factors)
            isOneHot = parts.isOneHot
            changes = parts.operations.map(\.change)
            let together = (Self.wideWidth + parts.width - 1) / max(parts.width, 1)
            rowsTogether = together
            wideChanges =
                parts.width < Self.wideWidth ? parts.operations.map { $0.repeated(together).change } : []
            if parts.loads.count == 1, !parts.operations.isEmpty, case .input(let columns) = parts.loads[0].source {
                plain = (parts.loads[0].input, columns)
            } else {
                plain = nil
            }
        }
    }
}

extension FeatureProgram.Group {
    /// Writes products of columns, which stand side by side in as many rows; nothing where columns are read.
    func multiply(
        _ columns: UnsafePointer<Float>, width: Int, rows: Int, to target: UnsafeMutablePointer<Float>, stride: Int
    ) {
        for column in factors.indices {
            let places = factors[column]
            if places.count == 2 {
                // In double precision the product of two is exact, so that it is rounded once either way.
                let (first, second) = (columns + places[0], columns + places[1])
                for row in 0..<rows {
                    target[row &* stride &+ column] = first[row &* width] * second[row &* width]
                }
                continue
            }
            for row in 0..<rows {
                var product = 1.0
                for place in places { product *= Double(columns[row &* width &+ place]) }
                target[row &* stride &+ column] = Float(product)
            }
        }
    }

    /// Writes the columns of some rows.
    ///
    /// - Parameters:
    ///   - rows: The rows, counted in the graph inputs.
    ///   - stride: The distance from one row of the target to the next.
    /// - Returns: Whether there is a result for every element.
    func write(
        _ rows: Range<Int>, of inputs: Arguments, to target: UnsafeMutablePointer<Float>, stride: Int
    ) -> Bool {
        if let plain, let array = inputs.floats(plain.input) {
            // The first change reads the input where it is.
            let isDone = array.withUnsafeBufferPointer { array in
                guard let start = array.baseAddress else { return true }
                let columns = plain.columns
                let source = start + rows.lowerBound * columns.width + columns.first
                return change(0, source, pitch: columns.width, into: target, stride, rows.count)
            }
            return isDone && change(from: 1, target, stride, rows.count)
        }
        var column = 0
        for index in loads.indices {
            guard loads[index].write(rows, of: inputs, to: target + column, stride: stride) else { return false }
            column += loads[index].width
        }
        return change(from: 0, target, stride, rows.count)
    }

    /// Changes what was written, by the changes from one on.
    private func change(from first: Int, _ target: UnsafeMutablePointer<Float>, _ stride: Int, _ rows: Int) -> Bool {
        for index in first..<max(first, changes.count) {
            guard change(index, target, pitch: stride, into: target, stride, rows) else {
                return false
            }
        }
        return true
    }

    /// Changes columns by one of the changes.
    private func change(
        _ index: Int, _ source: UnsafePointer<Float>, pitch: Int, into target: UnsafeMutablePointer<Float>,
        _ stride: Int, _ rows: Int
    ) -> Bool {
        // Rows that follow one another without a gap are changed several at a time.
        let together = stride == width && pitch == width && !wideChanges.isEmpty ? rows / rowsTogether : 0
        let done = together * rowsTogether
        if together > 0 {
            let wide = width * rowsTogether
            let isDone = wideChanges[index].apply(
                to: source, pitch: wide, into: target, stride: wide, rows: together)
            guard isDone else { return false }
        }
        guard done < rows else { return true }
        return changes[index].apply(
            to: source + done * pitch, pitch: pitch, into: target + done * stride, stride: stride, rows: rows - done)
    }
}
