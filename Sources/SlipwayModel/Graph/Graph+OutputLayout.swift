extension Graph {
    /// The layout of every output, in the order of the graph.
    ///
    /// - Complexity: O(nodes × outputs).
    var outputLayouts: [OutputLayout] {
        let constants = constantNames
        return outputs.map { output in
            constants.contains(output.name) ? .constant : layout(of: output)
        }
    }

    /// Whether an input takes a single row at a time, because its first dimension is declared as 1.
    package var readsOneRow: Bool {
        inputs.contains { input in
            guard case .tensor(_, let shape?) = input.type else { return false }
            return shape.first == .some(1)
        }
    }

    /// The names of all values that no input has a part in.
    private var constantNames: Set<String> {
        var names = Set(initializers.keys)
        for node in nodes {
            let reads = (node.inputs + node.captures).filter { !$0.isEmpty }
            if reads.allSatisfy(names.contains) { names.formUnion(node.outputs.filter { !$0.isEmpty }) }
        }
        return names
    }

    private func layout(of output: GraphValue) -> OutputLayout {
        if let width = stackedWidth(of: output.name) { return .stacked(width: width) }
        // With a single row a first dimension of 1 counts rows like any other.
        guard !readsOneRow, case .tensor(_, let shape?) = output.type, shape.count >= 2, shape[1] == nil,
            let first = shape[0]
        else { return .rows }
        if first > 1 { return .tables(count: first) }
        return first == 1 && shape.count == 2 ? .sideBySide : .rows
    }

    /// The columns of a matrix with a constant factor or summand that a `Reshape` to `[-1, 1]` puts below one another.
    private func stackedWidth(of output: String) -> Int? {
        guard let reshape = writer(of: output), reshape.operatorName == "Reshape", reshape.inputs.count == 2,
            initializers[reshape.inputs[1]]?.elements == .int64([-1, 1]),
            let matrix = writer(of: reshape.inputs[0]), matrix.domain.isEmpty
        else { return nil }
        let constants = matrix.inputs.map { initializers[$0] }
        let width: Int? =
            switch matrix.operatorName {
            case "Add", "Sub", "Mul": constants.compactMap { $0?.shape.last }.max()
            case "MatMul" where constants.count == 2: constants[1]?.shape.last
            case "Gemm" where constants.count >= 2:
                matrix.attributes["transB"] == .integer(1) ? constants[1]?.shape.first : constants[1]?.shape.last
            default: nil
            }
        return width.flatMap { $0 > 1 ? $0 : nil }
    }

    private func writer(of name: String) -> Node? { nodes.first { $0.outputs.contains(name) } }
}
