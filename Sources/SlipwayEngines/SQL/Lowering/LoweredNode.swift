import SlipwayModel

/// A node whose operator is being lowered, with what its inputs have become.
struct LoweredNode {
    let context: NodeContext
    let inputs: [LoweredValue?]
    /// The native kernel of the node, whose attributes have been checked.
    let kernel: any Kernel

    var node: Node { context.node }

    /// The constant in an optional input; `nil` when it is left out.
    ///
    /// - Throws: ``KernelProblem`` when the input depends on the rows.
    func constant(_ index: Int) throws(KernelProblem) -> Tensor? {
        guard index < inputs.count, let value = inputs[index] else { return nil }
        guard case .constant(let tensor) = value else {
            throw KernelProblem(
                .unsupported, "input \(index) is computed from the rows, which SQL export does not cover")
        }
        return tensor
    }

    /// The whole numbers in an optional constant input.
    func integers(_ index: Int) throws(KernelProblem) -> [Int]? {
        guard let tensor = try constant(index) else { return nil }
        return try Arguments(tensors: [tensor]).integers(0)
    }
}

extension GraphLowering {
    /// An input as expressions, constants written out.
    mutating func tensor(_ index: Int, of node: LoweredNode) throws(KernelProblem) -> SymbolicTensor {
        guard index < node.inputs.count, let value = node.inputs[index] else {
            throw KernelProblem(.failed, "input \(index) is missing")
        }
        switch value {
        case .symbolic(let tensor): return tensor
        case .constant(let tensor): return try literal(tensor)
        }
    }

    /// A constant as expressions.
    mutating func literal(_ tensor: Tensor) throws(KernelProblem) -> SymbolicTensor {
        guard tensor.count <= SQLLimits.elementCount else {
            throw KernelProblem(.tooLarge, "a constant has \(tensor.count) elements, above \(SQLLimits.elementCount)")
        }
        let expressions: [ExpressionID] =
            switch tensor.elements {
            case .float32(let array): array.map { pool.number(Double($0)) }
            case .float64(let array): array.map { pool.number($0) }
            case .int32(let array): array.map { pool.whole(Int64($0)) }
            case .int64(let array): array.map { pool.whole($0) }
            case .bool(let array): array.map { pool.truth($0) }
            case .string(let array): array.map { pool.text($0) }
            }
        return SymbolicTensor(
            expressions.map { .init(row: nil, expression: $0) }, shape: tensor.shape, tensor.elementType)
    }

    /// A number rounded as its element type rounds it.
    mutating func rounded(_ expression: ExpressionID, as type: ElementType) -> ExpressionID {
        type == .float32 ? pool.rounded(expression) : expression
    }

    /// Numbers as an operator of single precision reads them, whatever type they come in.
    mutating func singles(_ tensor: SymbolicTensor) throws(KernelProblem) -> SymbolicTensor {
        let terms = try tensor.terms.map { term throws(KernelProblem) -> SymbolicTensor.Term in
            .init(row: term.row, expression: pool.rounded(try number(term.expression)))
        }
        return SymbolicTensor(terms, shape: tensor.shape, .float32)
    }

    /// An expression as a number.
    mutating func number(_ expression: ExpressionID) throws(KernelProblem) -> ExpressionID {
        guard pool.facts(of: expression).kind != .text else {
            throw KernelProblem(.failed, "input is text, but numbers are needed")
        }
        return pool.converted(expression, to: .number)
    }

    /// Each element of a tensor changed on its own.
    mutating func mapped(
        _ tensor: SymbolicTensor, to type: ElementType? = nil,
        _ change: (inout GraphLowering, ExpressionID) throws(KernelProblem) -> ExpressionID
    ) throws(KernelProblem) -> LoweredValue {
        var changed: [ExpressionID: ExpressionID] = [:]
        var terms: [SymbolicTensor.Term] = []
        terms.reserveCapacity(tensor.terms.count)
        for term in tensor.terms {
            let expression: ExpressionID
            if let known = changed[term.expression] {
                expression = known
            } else {
                expression = try change(&self, term.expression)
                changed[term.expression] = expression
            }
            terms.append(.init(row: term.row, expression: expression))
        }
        return .symbolic(SymbolicTensor(terms, shape: tensor.shape, type ?? tensor.elementType))
    }

    /// Two tensors put together element by element, with broadcasting.
    mutating func combined(
        _ left: SymbolicTensor, _ right: SymbolicTensor, to type: ElementType? = nil,
        _ combine: (inout GraphLowering, ExpressionID, ExpressionID) throws(KernelProblem) -> ExpressionID
    ) throws(KernelProblem) -> SymbolicTensor {
        let broadcast = try Broadcast(left.shape, right.shape)
        guard broadcast.count <= SQLLimits.elementCount else {
            throw KernelProblem(.tooLarge, "a value has \(broadcast.count) elements, above \(SQLLimits.elementCount)")
        }
        var terms: [SymbolicTensor.Term] = []
        terms.reserveCapacity(broadcast.count)
        for (a, b) in broadcast.combine(left.terms, right.terms, { ($0, $1) }) {
            let row = try SymbolicTensor.row(of: [a, b])
            terms.append(.init(row: row, expression: try combine(&self, a.expression, b.expression)))
        }
        return SymbolicTensor(terms, shape: broadcast.shape, type ?? left.elementType)
    }
}
