import SlipwayModel

/// The columns of a value, told by where they come from: what a fused pass writes in place of the value's nodes.
struct FeatureColumns: Sendable {
    /// Where neighbouring columns come from.
    enum Source: Sendable {
        /// Columns of a graph input, from the first one given.
        case input(GraphColumns)
        /// One column of a graph input as categories; the range is cut out of their places.
        case oneHot(GraphColumns, OneHotEncoderKernel, Range<Int>)
        /// One column of a graph input looked up in a table.
        case lookup(GraphColumns, LabelEncoderKernel)
        /// One number for every row of a graph input.
        case filled(GraphColumns, Float)
        /// The product of single columns of graph inputs, taken in double precision.
        case product([Segment])
    }

    /// Columns of a graph input of two dimensions.
    struct GraphColumns: Sendable, Equatable {
        /// The number of the input's value.
        let value: Int
        /// The columns of the input.
        let width: Int
        /// The first column taken.
        var first: Int
        /// The type in which the input's tensor stores its elements.
        let type: ElementType
    }

    /// Neighbouring columns of one source that are treated alike.
    struct Segment: Sendable {
        var source: Source
        var width: Int
        var operations: [ColumnOperation] = []

        /// Whether an unknown category in the source is an error.
        var refusesCategories: Bool {
            if case .oneHot(_, let encoder, _) = source { !encoder.allowsUnknown } else { false }
        }

        /// Whether some number in a column is an error.
        var refusesNumbers: Bool {
            if case .product(let factors) = source, factors.contains(where: \.refusesNumbers) { return true }
            return operations.contains { if case .binarize = $0 { true } else { false } }
        }

        /// Some of the columns.
        subscript(range: Range<Int>) -> Segment {
            var part = self
            part.width = range.count
            part.operations = operations.map { $0[range] }
            switch source {
            case .input(var columns):
                columns.first += range.lowerBound
                part.source = .input(columns)
            case .oneHot(let columns, let encoder, let places):
                let start = places.lowerBound + range.lowerBound
                part.source = .oneHot(columns, encoder, start..<start + range.count)
            case .lookup, .filled, .product: break
            }
            return part
        }
    }

    /// The most parts that a description may have; beyond it a value is computed by its node.
    static let segmentLimit = 4_096
    /// The most operations on one column.
    static let operationLimit = 64

    /// The dimensions of one row.
    var dimensions: [Int]
    /// The type of the elements.
    var type: ElementType
    var segments: [Segment]

    /// The elements of one row.
    var width: Int { segments.reduce(0) { $0 + $1.width } }

    /// Whether the elements are those of graph inputs as they are, in their own type.
    var isRaw: Bool {
        segments.allSatisfy { segment in
            guard case .input(let columns) = segment.source else { return false }
            return columns.type == type && segment.operations.isEmpty
        }
    }

    /// The graph input whose every element stands here in the same order, if there is one.
    var wholeInput: Int? {
        guard isRaw, segments.count == 1, case .input(let columns) = segments[0].source,
            columns.first == 0, dimensions == [columns.width]
        else { return nil }
        return columns.value
    }

    /// The columns of a graph input, or `nil` when it is not declared as any number of rows of one length.
    init?(_ input: InputBinding) {
        guard input.countsRows, let shape = input.shape, shape.count == 2, let width = shape[1], width > 0 else {
            return nil
        }
        dimensions = [width]
        type = input.elementType
        segments = [
            Segment(
                source: .input(GraphColumns(value: input.value, width: width, first: 0, type: input.elementType)),
                width: width)
        ]
    }

    /// The same columns as rows of other dimensions.
    func reshaped(_ dimensions: [Int]) -> FeatureColumns? {
        guard let product = try? Shape.count(dimensions), product == width else { return nil }
        var columns = self
        columns.dimensions = dimensions
        return columns
    }

    /// The columns with one more operation.
    func applying(_ operation: ColumnOperation) -> FeatureColumns? {
        guard type == .float32, segments.allSatisfy({ $0.operations.count < Self.operationLimit }) else { return nil }
        var columns = self
        var start = 0
        for index in columns.segments.indices {
            let end = start + columns.segments[index].width
            columns.segments[index].operations.append(operation[start..<end])
            start = end
        }
        return columns
    }

    /// Some of the columns, in a given order; neighbours stay together.
    ///
    /// It is `nil` when a column would be lost whose node may refuse a row.
    func selecting(_ places: [Int], dimensions: [Int]) -> FeatureColumns? {
        let starts = segments.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.width) }
        let chosen = Set(places)
        for (segment, start) in zip(segments, starts) {
            let columns = start..<start + segment.width
            if segment.refusesCategories, chosen.isDisjoint(with: columns) { return nil }
            if segment.refusesNumbers, !chosen.isSuperset(of: columns) { return nil }
        }
        var columns = self
        columns.dimensions = dimensions
        columns.segments = []
        var index = 0
        while index < places.count {
            guard let segment = starts.lastIndex(where: { $0 <= places[index] }), segment < segments.count,
                columns.segments.count < Self.segmentLimit
            else { return nil }
            let first = places[index] - starts[segment]
            var count = 1
            while index + count < places.count, places[index + count] == places[index] + count,
                first + count < segments[segment].width
            {
                count += 1
            }
            columns.segments.append(segments[segment][first..<first + count])
            index += count
        }
        return columns
    }
}
