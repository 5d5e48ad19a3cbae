import SlipwayModel

extension SQLOperators {
    private static let comparisons: [(name: String, comparison: SQLExpression.Comparison)] = [
        ("Equal", .equal), ("Less", .less), ("LessOrEqual", .lessOrEqual), ("Greater", .greater),
        ("GreaterOrEqual", .greaterOrEqual),
    ]

    /// Comparisons and truth values.
    static let logic: [Entry] =
        comparisons.map { name, comparison in
            Entry(name) { lowering, node throws(KernelProblem) in [try lowering.compare(comparison, node)] }
        }
        + ["And", "Or", "Xor"].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in [try lowering.join(name, node)] }
        } + [
            Entry("Not") { lowering, node throws(KernelProblem) in [try lowering.negate(node)] },
            Entry("Where") { lowering, node throws(KernelProblem) in [try lowering.choose(node)] },
            Entry("IsNaN") { lowering, node throws(KernelProblem) in [try lowering.testMissing(node)] },
            Entry("IsInf") { lowering, node throws(KernelProblem) in [try lowering.testInfinity(node)] },
        ]
}

extension GraphLowering {
    fileprivate mutating func compare(
        _ comparison: SQLExpression.Comparison, _ node: LoweredNode
    ) throws(KernelProblem) -> LoweredValue {
        let left = try tensor(0, of: node)
        let right = try tensor(1, of: node)
        guard left.elementType == right.elementType else {
            throw KernelProblem(.failed, "input is \(right.elementType), not \(left.elementType)")
        }
        return .symbolic(
            try combined(left, right, to: .bool) { lowering, a, b throws(KernelProblem) in
                if left.elementType == .bool {
                    return lowering.pool.not(lowering.exclusive(a, b))
                }
                lowering.pool.decide(on: a)
                lowering.pool.decide(on: b)
                return lowering.pool.definite(lowering.pool.comparison(comparison, a, b))
            })
    }

    fileprivate mutating func join(_ name: String, _ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let left = try tensor(0, of: node)
        let right = try tensor(1, of: node)
        return .symbolic(
            try combined(left, right) { lowering, a, b throws(KernelProblem) in
                switch name {
                case "And": lowering.pool.all([a, b])
                case "Or": lowering.pool.any([a, b])
                default: lowering.exclusive(a, b)
                }
            })
    }

    private mutating func exclusive(_ a: ExpressionID, _ b: ExpressionID) -> ExpressionID {
        let notA = pool.not(a)
        let notB = pool.not(b)
        let first = pool.all([a, notB])
        return pool.any([first, pool.all([notA, b])])
    }

    fileprivate mutating func choose(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let condition = try tensor(0, of: node)
        let chosen = try tensor(1, of: node)
        let other = try tensor(2, of: node)
        guard chosen.elementType == other.elementType else {
            throw KernelProblem(.failed, "input is \(other.elementType), not \(chosen.elementType)")
        }
        let shape = try Broadcast.common(condition.shape, try Broadcast.common(chosen.shape, other.shape))
        let count = try Shape.count(shape)
        guard count <= SQLLimits.elementCount else {
            throw KernelProblem(.tooLarge, "a value has \(count) elements, above \(SQLLimits.elementCount)")
        }
        let whole = SymbolicTensor(
            [SymbolicTensor.Term](repeating: .init(row: nil, expression: pool.truth(true)), count: count),
            shape: shape, .bool)
        let conditions = try combined(whole, condition) { _, _, b throws(KernelProblem) in b }
        let first = try combined(whole, chosen, to: chosen.elementType) { _, _, b throws(KernelProblem) in b }
        let second = try combined(whole, other, to: other.elementType) { _, _, b throws(KernelProblem) in b }
        var terms: [SymbolicTensor.Term] = []
        for index in conditions.terms.indices {
            let parts = [conditions.terms[index], first.terms[index], second.terms[index]]
            let row = try SymbolicTensor.row(of: parts)
            let value = pool.choose(parts[0].expression, parts[1].expression, parts[2].expression)
            terms.append(.init(row: row, expression: value))
        }
        return .symbolic(SymbolicTensor(terms, shape: shape, chosen.elementType))
    }

    fileprivate mutating func negate(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        return try mapped(input) { lowering, x throws(KernelProblem) in lowering.pool.not(x) }
    }

    fileprivate mutating func testMissing(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        return try mapped(input, to: .bool) { lowering, x throws(KernelProblem) in lowering.pool.isMissing(x) }
    }

    fileprivate mutating func testInfinity(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        let isPositive = try node.context.integer("detect_positive", default: 1) != 0
        let isNegative = try node.context.integer("detect_negative", default: 1) != 0
        return try mapped(input, to: .bool) { lowering, x throws(KernelProblem) in
            var tests: [ExpressionID] = []
            if isPositive {
                tests.append(lowering.pool.comparison(.equal, x, lowering.pool.number(.infinity)))
            }
            if isNegative {
                tests.append(lowering.pool.comparison(.equal, x, lowering.pool.number(-.infinity)))
            }
            return lowering.pool.definite(lowering.pool.any(tests))
        }
    }
}
