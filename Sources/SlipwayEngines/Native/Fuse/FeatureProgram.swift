import SlipwayModel

/// Feature columns made ready to be written for any number of rows.
struct FeatureProgram: Sendable {
    /// Neighbouring columns that the same operations change.
    struct Group: Sendable {
        /// What is read, from left to right.
        var loads: [Load]
        /// The first column of the group.
        let first: Int
        var width: Int
        var operations: [ColumnOperation]
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
    /// The numbers of the values that are read, in the order of ``Load/input``.
    let values: [Int]

    /// Arranges columns, or gives `nil` when they are not in single precision.
    init?(_ columns: FeatureColumns) {
        guard columns.type == .float32 else { return nil }
        var values: [Int] = []
        var groups: [Group] = []
        var column = 0
        for segment in columns.segments {
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
}

extension FeatureProgram.Group {
    /// The group with one more source, or `nil` when that is treated differently.
    fileprivate func joined(
        with segment: FeatureColumns.Segment, _ load: FeatureProgram.Load
    ) -> FeatureProgram.Group? {
        guard operations.count == segment.operations.count, !isOneHot, !load.isOneHot else { return nil }
        var group = self
        group.operations = []
        for (left, right) in zip(operations, segment.operations) {
            guard let joined = left.joined(with: right) else { return nil }
            group.operations.append(joined)
        }
        group.loads.append(load)
        group.width += load.width
        return group
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
        var column = 0
        for index in loads.indices {
            guard loads[index].write(rows, of: inputs, to: target + column, stride: stride) else { return false }
            column += loads[index].width
        }
        // Rows that follow one another without a gap are changed several at a time.
        let together = stride == width ? rows.count / rowsTogether : 0
        for index in wideOperations.indices where together > 0 {
            let isDone = wideOperations[index].apply(to: target, rows: together, stride: width * rowsTogether)
            guard isDone else { return false }
        }
        let done = together * rowsTogether
        for index in operations.indices {
            let rest = target + done * stride
            guard operations[index].apply(to: rest, rows: rows.count - done, stride: stride) else { return false }
        }
        return true
    }
}

extension FeatureColumns.Source {
    /// The graph input that is read.
    var columns: FeatureColumns.GraphColumns {
        switch self {
        case .input(let columns), .oneHot(let columns, _, _), .lookup(let columns, _): columns
        }
    }
}
