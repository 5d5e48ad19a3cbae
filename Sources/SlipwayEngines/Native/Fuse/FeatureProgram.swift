import SlipwayModel

/// Feature columns made ready to be written for any number of rows.
final class FeatureProgram: Sendable {
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
        var groups: [GroupParts] = []
        var column = 0
        for segment in columns.segments {
            if case .product(let parts) = segment.source {
                let places = parts.compactMap { part in factors.segments.firstIndex { $0.isSame(as: part) } }
                if let last = groups.last, let joined = last.joined(with: segment, productOf: places) {
                    groups[groups.count - 1] = joined
                } else {
                    groups.append(
                        GroupParts(
                            loads: [], first: column, width: 1, operations: segment.operations, factors: [places]))
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
                groups.append(
                    GroupParts(loads: [load], first: column, width: segment.width, operations: segment.operations))
            }
            column += segment.width
        }
        width = column
        self.groups = groups.map { Group($0) }
        self.values = values
    }

    /// The rows of the graph inputs, which the plan has found to be of one number.
    func rowCount(of inputs: Arguments) -> Int { inputs.rowCount(0) ?? 0 }

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
        for group in groups {
            let target = target + group.first
            group.multiply(scratch, width: base?.width ?? 0, rows: rows.count, to: target, stride: width)
            guard group.write(rows, of: inputs, to: target, stride: width) else { return false }
        }
        return true
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
