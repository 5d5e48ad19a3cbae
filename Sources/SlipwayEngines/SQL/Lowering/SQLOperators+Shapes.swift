import SlipwayModel

extension SQLOperators {
    /// Operators that move elements and change none: their kernels are run over the places of the elements.
    static let shapes: [Entry] =
        [
            "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Slice", "Split", "Expand", "Tile",
            "ai.onnx.ml.ZipMap",
        ].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in try lowering.move(node) }
        }
        + ["Gather", "ai.onnx.ml.ArrayFeatureExtractor"].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in try lowering.gather(node) }
        }
        + ["Shape", "Size"].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in try lowering.measure(node) }
        } + [
            Entry("Concat") { lowering, node throws(KernelProblem) in [try lowering.concatenate(node)] }
        ]
}

extension GraphLowering {
    /// Moves the elements of the first input; all others are constants.
    fileprivate mutating func move(_ node: LoweredNode) throws(KernelProblem) -> [LoweredValue] {
        let input = try tensor(0, of: node)
        var arguments: [Tensor?] = [Self.places(input.shape, from: 0)]
        for index in node.inputs.indices.dropFirst() { arguments.append(try node.constant(index)) }
        return try node.kernel.run(Arguments(tensors: arguments)).map { places throws(KernelProblem) in
            .symbolic(try Self.select(places, from: input.terms, input.elementType))
        }
    }

    /// Picks elements by constant places, or from a constant by computed ones.
    fileprivate mutating func gather(_ node: LoweredNode) throws(KernelProblem) -> [LoweredValue] {
        guard case .constant(let table)? = node.inputs.first ?? nil else { return try move(node) }
        return [try pick(from: table, node)]
    }

    /// Puts several inputs together; each keeps its own range of places.
    fileprivate mutating func concatenate(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        var terms: [SymbolicTensor.Term] = []
        var arguments: [Tensor?] = []
        var type: ElementType?
        for index in node.inputs.indices {
            let input = try tensor(index, of: node)
            guard input.elementType == type ?? input.elementType else {
                throw KernelProblem(.failed, "input is \(input.elementType), not \(type ?? input.elementType)")
            }
            type = input.elementType
            arguments.append(Self.places(input.shape, from: terms.count))
            terms += input.terms
        }
        let places = try node.kernel.run(Arguments(tensors: arguments))
        return .symbolic(try Self.select(places[0], from: terms, type ?? .float32))
    }

    /// Picks from a constant by computed places, as exporters do to name the class of an `ArgMax`.
    fileprivate mutating func pick(from table: Tensor, _ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let indices = try tensor(1, of: node)
        let choices = try literal(table).expressions
        let isFlat = table.shape.count == 1 || (table.shape.count == 2 && table.shape[0] == 1)
        let isExtractor = node.node.operatorName == "ArrayFeatureExtractor"
        guard isFlat, isExtractor || table.shape.count == 1 else {
            throw KernelProblem(.unsupported, "only a list of values can be picked from by computed places")
        }
        let picked = try mapped(indices, to: table.elementType) { lowering, index throws(KernelProblem) in
            lowering.choice(of: index, among: choices)
        }
        guard isExtractor, case .symbolic(let tensor) = picked else { return picked }
        return .symbolic(SymbolicTensor(tensor.terms, shape: [1, tensor.terms.count], tensor.elementType))
    }

    /// The element at a computed place of a list of literals.
    mutating func choice(of index: ExpressionID, among choices: [ExpressionID]) -> ExpressionID {
        // What was itself chosen among places becomes the choice among their values.
        if case .cases(let branches, let otherwise) = pool[index], let last = choice(at: otherwise, among: choices) {
            let values = branches.map { choice(at: $0.value, among: choices) }
            if !values.contains(nil) {
                return pool.cases(
                    zip(branches, values).map { ($0.condition, $1 ?? last) }, otherwise: last)
            }
        }
        let entries = choices.indices.map { place in
            SQLExpression.Branch(condition: pool.whole(Int64(place)), value: choices[place])
        }
        return pool.lookup(
            index, entries, otherwise: pool.missing(choices.first.map { pool.facts(of: $0).kind } ?? .number))
    }

    private func choice(at place: ExpressionID, among choices: [ExpressionID]) -> ExpressionID? {
        guard case .whole(let index) = pool[place], choices.indices.contains(Int(index)) else { return nil }
        return choices[Int(index)]
    }

    /// The shape or the size of a value as a constant, which the number of rows may be part of.
    fileprivate mutating func measure(_ node: LoweredNode) throws(KernelProblem) -> [LoweredValue] {
        let input = try tensor(0, of: node)
        readsRowCount = true
        return try node.kernel.run(Arguments(tensors: [Self.places(input.shape, from: 0)])).map { .constant($0) }
    }

    private static func places(_ shape: [Int], from first: Int) -> Tensor {
        let count = shape.reduce(1, *)
        return Tensor(shape: shape, elements: .int64((first..<first + count).map { Int64($0) }))
    }

    private static func select(
        _ places: Tensor, from terms: [SymbolicTensor.Term], _ type: ElementType
    ) throws(KernelProblem) -> SymbolicTensor {
        guard case .int64(let array) = places.elements, array.count <= SQLLimits.elementCount else {
            throw KernelProblem(.tooLarge, "a value has \(places.count) elements, above \(SQLLimits.elementCount)")
        }
        return SymbolicTensor(array.map { terms[Int($0)] }, shape: places.shape, type)
    }
}
