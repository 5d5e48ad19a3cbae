import SlipwayModel

/// Feature columns made ready to be written for any number of rows.
final class FeatureProgram: Sendable {
    /// Neighbouring columns that the same operations change.
    struct Group: Sendable {
        /// What is read, from left to right.
        var loads: [Load]
        /// The first column of the group.
        let first: Int
        var width: Int
        var operations: [ColumnOperation]
        /// For each column the columns of ``base`` whose product it is; empty where columns are read.
        var factors: [[Int]] = []
        /// The same operations on ``rowsTogether`` rows side by side.
        fileprivate(set) var wideOperations: [ColumnOperation] = []
        /// How many rows are changed as one, so that a loop is long enough to be worth it.
        fileprivate(set) var rowsTogether = 1
    }

    /// A read of one graph input.
    struct Load: Sendable {
        let source: FeatureColumns.Source
        /// The place of the graph input among the inputs of the step.
        let input: Int
        let width: Int
    }

    /// The columns of the whole matrix.
    let width: Int
    let groups: [Group]
    /// The columns that products are made of, written beforehand; `nil` where there are no products.
    let base: FeatureProgram?
    /// The numbers of the values that are read, in the order of ``Load/input``.
    let values: [Int]

    /// Arranges columns, or gives `nil` when they are not in single precision.
    init?(_ columns: FeatureColumns) {
        guard columns.type == .float32 else { return nil }
        var factors = columns
        factors.segments = columns.factors
        base = factors.segments.isEmpty ? nil : FeatureProgram(factors)
        var values = base?.values ?? []
        var groups: [Group] = []
        var column = 0
        for segment in columns.segments {
            if case .product(let parts) = segment.source {
                let places = parts.compactMap { part in factors.segments.firstIndex { $0.isSame(as: part) } }
                if let last = groups.last, let joined = last.joined(with: segment, productOf: places) {
                    groups[groups.count - 1] = joined
                } else {
                    groups.append(
                        Group(loads: [], first: column, width: 1, operations: segment.operations, factors: [places]))
                }
                column += 1
                continue
            }
            let value = segment.source.columns.value
            let input = values.firstIndex(of: value) ?? values.count
            if input == values.count { values.append(value) }
            let load = Load(source: segment.source, input: input, width: segment.width)
            if let last = groups.last, let joined = last.joined(with: segment, load) {
                groups[groups.count - 1] = joined
            } else {
                groups.append(Group(loads: [load], first: column, width: segment.width, operations: segment.operations))
            }
            column += segment.width
        }
        width = column
        self.groups = groups.map(\.widened)
        self.values = values
    }

    /// The rows of the graph inputs, which the plan has found to be of one number.
    func rowCount(of inputs: Arguments) -> Int { inputs.optional(0)?.shape.first ?? 0 }

    /// Writes the columns of some rows.
    ///
    /// - Parameters:
    ///   - rows: The rows, counted in the graph inputs.
    ///   - scratch: Room for the columns of ``base`` in as many rows.
    ///   - target: Room for ``width`` columns.
    /// - Returns: Whether there is a result for every element.
    func write(
        _ rows: Range<Int>, of inputs: Arguments, scratch: UnsafeMutablePointer<Float>,
        to target: UnsafeMutablePointer<Float>
    ) -> Bool {
        if let base, !base.write(rows, of: inputs, scratch: scratch, to: scratch) { return false }
        for index in groups.indices {
            let target = target + groups[index].first
            if !groups[index].factors.isEmpty {
                groups[index].multiply(scratch, width: base?.width ?? 0, rows: rows.count, to: target, stride: width)
            }
            guard groups[index].write(rows, of: inputs, to: target, stride: width) else { return false }
        }
        return true
    }
}

extension FeatureProgram.Group {
    /// The group with one more source, or `nil` when that is treated differently.
    fileprivate func joined(
        with segment: FeatureColumns.Segment, _ load: FeatureProgram.Load
    ) -> FeatureProgram.Group? {
        guard factors.isEmpty, !isOneHot, !load.isOneHot else { return nil }
        var group = self
        guard let operations = joinedOperations(with: segment) else { return nil }
        group.operations = operations
        group.loads.append(load)
        group.width += load.width
        return group
    }

    /// The group with one more product, or `nil` when that is treated differently.
    fileprivate func joined(
        with segment: FeatureColumns.Segment, productOf places: [Int]
    ) -> FeatureProgram.Group? {
        guard !factors.isEmpty, let operations = joinedOperations(with: segment) else { return nil }
        var group = self
        group.operations = operations
        group.factors.append(places)
        group.width += 1
        return group
    }

    private func joinedOperations(with segment: FeatureColumns.Segment) -> [ColumnOperation]? {
        guard operations.count == segment.operations.count else { return nil }
        var all: [ColumnOperation] = []
        for (left, right) in zip(operations, segment.operations) {
            guard let joined = left.joined(with: right) else { return nil }
            all.append(joined)
        }
        return all
    }

    /// Writes products of columns, the first of which stand side by side in as many rows.
    fileprivate func multiply(
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

    /// The width that a row of narrow ones side by side has at least.
    private static let wideWidth = 64

    /// The group with its operations made ready for several rows at once.
    fileprivate var widened: FeatureProgram.Group {
        guard width < Self.wideWidth, !operations.isEmpty else { return self }
        var group = self
        group.rowsTogether = (Self.wideWidth + width - 1) / width
        group.wideOperations = operations.map { $0.repeated(group.rowsTogether) }
        return group
    }

    /// Whether the group is one category, of which no more than one column is 1.
    var isOneHot: Bool { loads.count == 1 && loads[0].isOneHot && operations.isEmpty }

    /// Writes the columns of some rows.
    ///
    /// - Parameters:
    ///   - rows: The rows, counted in the graph inputs.
    ///   - stride: The distance from one row of the target to the next.
    /// - Returns: Whether there is a result for every element.
    func write(
        _ rows: Range<Int>, of inputs: Arguments, to target: UnsafeMutablePointer<Float>, stride: Int
    ) -> Bool {
        if !operations.isEmpty, loads.count == 1, case .input(let columns) = loads[0].source,
            case .float32(let array)? = inputs.optional(loads[0].input)?.elements
        {
            // The first change reads the input where it is.
            let isDone = array.withUnsafeBufferPointer { array in
                guard let start = array.baseAddress else { return true }
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

    /// Changes what was written, by the operations from one on.
    private func change(from first: Int, _ target: UnsafeMutablePointer<Float>, _ stride: Int, _ rows: Int) -> Bool {
        for index in first..<max(first, operations.count) {
            guard change(index, target, pitch: stride, into: target, stride, rows) else {
                return false
            }
        }
        return true
    }

    /// Changes columns by one operation.
    private func change(
        _ index: Int, _ source: UnsafePointer<Float>, pitch: Int, into target: UnsafeMutablePointer<Float>,
        _ stride: Int, _ rows: Int
    ) -> Bool {
        // Rows that follow one another without a gap are changed several at a time.
        let together = stride == width && pitch == width && !wideOperations.isEmpty ? rows / rowsTogether : 0
        let done = together * rowsTogether
        if together > 0 {
            let wide = width * rowsTogether
            let isDone = wideOperations[index].apply(
                to: source, pitch: wide, into: target, stride: wide, rows: together)
            guard isDone else { return false }
        }
        guard done < rows else { return true }
        return operations[index].apply(
            to: source + done * pitch, pitch: pitch, into: target + done * stride, stride: stride, rows: rows - done)
    }
}

extension FeatureColumns.Source {
    /// The graph input that is read.
    var columns: FeatureColumns.GraphColumns {
        switch self {
        case .input(let columns), .oneHot(let columns, _, _), .lookup(let columns, _), .filled(let columns, _): columns
        case .product(let factors): factors[0].source.columns
        }
    }
}

extension FeatureColumns {
    /// The columns that products are made of, each of them once.
    fileprivate var factors: [Segment] {
        var found: [Segment] = []
        for segment in segments {
            guard case .product(let parts) = segment.source else { continue }
            for part in parts where !found.contains(where: { $0.isSame(as: part) }) { found.append(part) }
        }
        return found
    }
}

extension FeatureColumns.Segment {
    /// Whether both are the same columns of a graph input, treated alike.
    fileprivate func isSame(as other: FeatureColumns.Segment) -> Bool {
        guard case .input(let own) = source, case .input(let others) = other.source else { return false }
        return own == others && width == other.width && operations == other.operations
    }
}
