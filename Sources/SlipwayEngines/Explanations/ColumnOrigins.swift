import SlipwayModel

/// Which fields of the signature each element of a row goes back to, for the values inside a graph.
///
/// Values are followed through operators that treat every element by itself or move elements about. Where an operator
/// is not known to do so, its outputs have no origins, and neither has what is computed from them.
struct ColumnOrigins {
    /// The elements of one row of a value.
    struct Row: Equatable {
        /// The dimensions after the first, which counts rows.
        var shape: [Int]
        /// For each element in row-major order the fields that it depends on, ascending; none for a constant.
        var fields: [[Int]]

        /// Keeps a shape with what fills it; `nil` when it does not, or is too large to follow.
        init?(shape: [Int], fields: [[Int]]) {
            guard fields.count <= ColumnOrigins.elementCountMax, shape.elementCount == fields.count else { return nil }
            self.shape = shape
            self.fields = fields
        }
    }

    /// The most elements of a row that are followed.
    static let elementCountMax = 1 << 16

    /// The rows of all values that are followed, by name.
    private(set) var rows: [String: Row] = [:]
    private let graph: Graph
    /// The constants by name: initialisers and the values of `Constant` nodes.
    private var constants: [String: Tensor]

    /// Follows the fields of a signature through a graph.
    ///
    /// - Complexity: O(nodes × elements of a row).
    init(_ graph: Graph, signature: Signature) {
        self.graph = graph
        constants = graph.initializers
        for input in graph.inputs {
            let fields = signature.inputs.enumerated().filter { $0.element.slot.input == input.name }
                .sorted { $0.element.slot.index < $1.element.slot.index }
            rows[input.name] = input.rowShape(width: fields.count).flatMap { shape in
                Row(shape: shape, fields: fields.map { [$0.offset] })
            }
        }
        for node in graph.nodes where !graph.functions.contains(node.qualifiedOperator) { follow(node) }
    }

    /// The field of each element of a value's row, or `nil` unless every one goes back to one field or to none.
    func fieldPerColumn(of name: String) -> [Int?]? {
        guard let row = rows[name], row.shape.count == 1, row.fields.allSatisfy({ $0.count <= 1 }) else { return nil }
        return row.fields.map(\.first)
    }

    /// A constant input of a node.
    func constant(_ node: Node, _ index: Int) -> Tensor? {
        index < node.inputs.count ? constants[node.inputs[index]] : nil
    }

    private mutating func follow(_ node: Node) {
        if node.operatorName == "Constant" {
            if case .tensor(let tensor)? = node.attributes["value"], let name = node.outputs.first {
                constants[name] = tensor
            }
            return
        }
        if node.operatorName == "Split" {
            for (name, row) in zip(node.outputs, parts(node) ?? []) { rows[name] = row }
        } else if let name = node.outputs.first {
            rows[name] = output(of: node)
        }
    }

    private func row(_ node: Node, _ index: Int) -> Row? {
        index < node.inputs.count ? rows[node.inputs[index]] : nil
    }

    /// The row of the first output of a node; `nil` when the operator is not followed.
    private func output(of node: Node) -> Row? {
        switch node.operatorName {
        case let name where Self.elementwise.contains(name):
            guard node.inputs.dropFirst().allSatisfy({ $0.isEmpty || constants[$0] != nil }) else { return nil }
            return row(node, 0)
        case let name where Self.broadcasting.contains(name): return broadcast(node)
        case "OneHotEncoder": return oneHot(node)
        case "Concat": return concatenation(node)
        case "FeatureVectorizer": return vectorized(node)
        case "Reshape": return reshaped(node)
        case "Flatten":
            guard node.integer("axis") ?? 1 == 1, let row = row(node, 0) else { return nil }
            return Row(shape: [row.fields.count], fields: row.fields)
        case "Squeeze", "Unsqueeze": return withAxes(node)
        case "Gather": return gathered(node, axis: node.integer("axis") ?? 0)
        case "ArrayFeatureExtractor": return extracted(node)
        case "Slice": return sliced(node)
        default: return nil
        }
    }

    /// Operators that compute each element of their first input by itself; what else they read must be constant.
    private static let elementwise: Set<String> = [
        "Abs", "Binarizer", "Cast", "Ceil", "Clip", "Elu", "Erf", "Exp", "Floor", "HardSigmoid", "Identity", "Imputer",
        "IsInf", "IsNaN", "LabelEncoder", "LeakyRelu", "Log", "Neg", "Not", "Reciprocal", "Relu", "Round", "Scaler",
        "Selu", "Sigmoid", "Sign", "Softplus", "Softsign", "Sqrt", "Tanh", "ThresholdedRelu",
    ]

    /// Operators that compute each element from those in the same place of all inputs, smaller ones repeated.
    private static let broadcasting: Set<String> = [
        "Add", "And", "Div", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Mean", "Min", "Mod",
        "Mul", "Or", "Pow", "Sub", "Sum", "Where", "Xor",
    ]
}

extension ColumnOrigins {
    private func broadcast(_ node: Node) -> Row? {
        let followed = node.inputs.compactMap { rows[$0] }
        guard let rank = followed.first?.shape.count, followed.allSatisfy({ $0.shape.count == rank }) else {
            return nil
        }
        var operands = followed
        for name in node.inputs where rows[name] == nil {
            // A constant of as many dimensions must be the same for all rows.
            guard let tensor = constants[name], tensor.shape.count <= rank || tensor.shape.first == 1,
                tensor.shape.count <= rank + 1
            else { return nil }
            let shape = Array(tensor.shape.suffix(rank))
            guard tensor.count <= Self.elementCountMax,
                let operand = Row(shape: shape, fields: Array(repeating: [], count: tensor.count))
            else { return nil }
            operands.append(operand)
        }
        return operands.dropFirst().reduce(operands.first) { left, right in
            left.flatMap { Self.combined($0, right) }
        }
    }

    /// The rows of two values laid over each other, with the shapes aligned at their ends.
    private static func combined(_ left: Row, _ right: Row) -> Row? {
        do throws(KernelProblem) {
            let broadcast = try Broadcast(left.shape, right.shape)
            guard broadcast.count <= elementCountMax else { return nil }
            let fields = broadcast.combine(left.fields, right.fields) { Array(Set($0).union($1)).sorted() }
            return Row(shape: broadcast.shape, fields: fields)
        } catch {
            return nil
        }
    }

    /// Every element becomes one per category, in a dimension of their own.
    private func oneHot(_ node: Node) -> Row? {
        var count = 0
        if case .strings(let categories)? = node.attributes["cats_strings"] { count = categories.count }
        if case .integers(let categories)? = node.attributes["cats_int64s"] { count = max(count, categories.count) }
        guard count > 0, let row = row(node, 0), row.fields.count <= Self.elementCountMax / count else { return nil }
        return Row(
            shape: row.shape + [count], fields: row.fields.flatMap { Array(repeating: $0, count: count) })
    }

    private func concatenation(_ node: Node) -> Row? {
        let parts = node.inputs.compactMap { rows[$0] }
        guard parts.count == node.inputs.count, let first = parts.first, let declared = node.integer("axis") else {
            return nil
        }
        let axis = (declared < 0 ? declared + first.shape.count + 1 : declared) - 1
        guard first.shape.indices.contains(axis) else { return nil }
        let (outer, inner) = (Array(first.shape[..<axis]), Array(first.shape[(axis + 1)...]))
        guard
            parts.allSatisfy({ Array($0.shape.prefix(axis)) == outer && Array($0.shape.dropFirst(axis + 1)) == inner })
        else { return nil }
        var fields: [[Int]] = []
        guard let outerCount = outer.elementCount, parts.reduce(0, { $0 + $1.fields.count }) <= Self.elementCountMax
        else { return nil }
        for index in 0..<outerCount {
            for part in parts {
                let count = part.fields.count / max(1, outerCount)
                fields += part.fields[index * count..<(index + 1) * count]
            }
        }
        return Row(shape: outer + [parts.reduce(0) { $0 + $1.shape[axis] }] + inner, fields: fields)
    }

    private func vectorized(_ node: Node) -> Row? {
        let parts = node.inputs.compactMap { rows[$0] }
        guard parts.count == node.inputs.count else { return nil }
        let fields = parts.flatMap(\.fields)
        return Row(shape: [fields.count], fields: fields)
    }

    /// The row in a constant shape whose first dimension leaves the number of rows as it is.
    private func reshaped(_ node: Node) -> Row? {
        guard let row = row(node, 0), let shape = constant(node, 1)?.wholeNumbers, let first = shape.first else {
            return nil
        }
        var rest = Array(shape.dropFirst())
        guard rest.allSatisfy({ $0 > 0 || $0 == -1 }), let fixed = rest.filter({ $0 > 0 }).elementCount else {
            return nil
        }
        if let open = rest.firstIndex(of: -1) {
            guard first == 0, rest.count(where: { $0 == -1 }) == 1, row.fields.count.isMultiple(of: fixed) else {
                return nil
            }
            rest[open] = row.fields.count / fixed
        } else {
            guard first == -1 || first == 0 else { return nil }
        }
        return Row(shape: rest, fields: row.fields)
    }

    private func withAxes(_ node: Node) -> Row? {
        guard let row = row(node, 0), let axes = node.integers("axes") ?? constant(node, 1)?.wholeNumbers else {
            return nil
        }
        let adds = node.operatorName == "Unsqueeze"
        let rank = row.shape.count + 1 + (adds ? axes.count : 0)
        let places = Set(axes.map { $0 < 0 ? $0 + rank : $0 })
        guard !places.contains(0), places.allSatisfy({ (0..<rank).contains($0) }), places.count == axes.count else {
            return nil
        }
        if adds {
            var shape = row.shape
            for place in places.sorted() { shape.insert(1, at: place - 1) }
            return Row(shape: shape, fields: row.fields)
        }
        guard places.allSatisfy({ row.shape[$0 - 1] == 1 }) else { return nil }
        return Row(
            shape: row.shape.enumerated().filter { !places.contains($0.offset + 1) }.map(\.element), fields: row.fields)
    }

    private func gathered(_ node: Node, axis: Int) -> Row? {
        guard let row = row(node, 0), row.shape.count == 1, axis == 1 || axis == -1, let indices = constant(node, 1),
            indices.shape.count <= 1
        else { return nil }
        return picked(indices, of: row).flatMap { Row(shape: indices.shape, fields: $0) }
    }

    private func extracted(_ node: Node) -> Row? {
        guard let row = row(node, 0), row.shape.count == 1, let indices = constant(node, 1) else { return nil }
        return picked(indices, of: row).flatMap { Row(shape: [indices.count], fields: $0) }
    }

    private func picked(_ indices: Tensor, of row: Row) -> [[Int]]? {
        guard let numbers = indices.wholeNumbers else { return nil }
        let places = numbers.map { $0 < 0 ? $0 + row.fields.count : $0 }
        guard places.allSatisfy(row.fields.indices.contains) else { return nil }
        return places.map { row.fields[$0] }
    }

    private func sliced(_ node: Node) -> Row? {
        func list(_ name: String, _ index: Int) -> [Int]? { node.integers(name) ?? constant(node, index)?.wholeNumbers }
        guard let row = row(node, 0), row.shape.count == 1, let starts = list("starts", 1), let ends = list("ends", 2),
            starts.count == 1, ends.count == 1, let axes = list("axes", 3), axes == [1] || axes == [-1],
            (list("steps", 4) ?? [1]) == [1]
        else { return nil }
        let count = row.fields.count
        func clamped(_ index: Int) -> Int { min(max(index < 0 ? index + count : index, 0), count) }
        let (start, end) = (clamped(starts[0]), clamped(ends[0]))
        let fields = start < end ? Array(row.fields[start..<end]) : []
        return Row(shape: [fields.count], fields: fields)
    }

    /// The outputs of a `Split` of columns.
    private func parts(_ node: Node) -> [Row]? {
        guard let row = row(node, 0), row.shape.count == 1, [1, -1].contains(node.integer("axis") ?? 0),
            let sizes = node.integers("split") ?? constant(node, 1)?.wholeNumbers,
            sizes.count <= row.fields.count, sizes.allSatisfy({ (0...row.fields.count).contains($0) }),
            sizes.reduce(0, +) == row.fields.count
        else { return nil }
        var start = 0
        return sizes.compactMap { size in
            defer { start += size }
            return Row(shape: [size], fields: Array(row.fields[start..<start + size]))
        }
    }
}

extension Node {
    /// A whole number among the attributes.
    fileprivate func integer(_ name: String) -> Int? {
        guard case .integer(let value)? = attributes[name] else { return nil }
        return Int(value)
    }

    /// A list of whole numbers among the attributes.
    fileprivate func integers(_ name: String) -> [Int]? {
        guard case .integers(let values)? = attributes[name] else { return nil }
        return values.map { Int($0) }
    }
}

extension [Int] {
    /// The product of dimensions, or `nil` when it is too large.
    fileprivate var elementCount: Int? {
        reduce(1 as Int?) { product, dimension in
            guard let product else { return nil }
            let (result, overflows) = product.multipliedReportingOverflow(by: dimension)
            return overflows ? nil : result
        }
    }
}
