import SlipwayModel

extension SQLOperators {
    /// Operators that prepare numeric features.
    static let scaling: [Entry] = [
        Entry("ai.onnx.ml.Scaler") { lowering, node throws(KernelProblem) in [try lowering.scale(node)] },
        Entry("ai.onnx.ml.Imputer") { lowering, node throws(KernelProblem) in [try lowering.impute(node)] },
        Entry("ai.onnx.ml.Normalizer") { lowering, node throws(KernelProblem) in [try lowering.normalize(node)] },
        Entry("ai.onnx.ml.Binarizer") { lowering, node throws(KernelProblem) in [try lowering.binarize(node)] },
    ]
}

extension GraphLowering {
    fileprivate mutating func scale(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        let offsets = try node.context.floats("offset") ?? []
        let scales = try node.context.floats("scale") ?? []
        let (_, width) = try input.rows()
        guard offsets.count == scales.count, scales.count == 1 || scales.count == width else {
            throw KernelProblem(.failed, "rows have \(width) features, but \(scales.count) are scaled")
        }
        // Doubles are scaled as doubles and rounded once; all else is rounded at each step.
        let isDouble = input.elementType == .float64
        let source = isDouble ? input : try singles(input)
        let terms = source.terms.enumerated().map { place, term in
            let column = scales.count == 1 ? 0 : place % width
            let shifted = pool.difference(term.expression, pool.number(Double(offsets[column])))
            let exact = isDouble ? shifted : pool.rounded(shifted)
            let scaled = pool.product(exact, pool.number(Double(scales[column])))
            return SymbolicTensor.Term(row: term.row, expression: pool.rounded(scaled))
        }
        return .symbolic(SymbolicTensor(terms, shape: input.shape, .float32))
    }

    fileprivate mutating func impute(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        let (_, width) = try input.rows()
        var values: [ExpressionID] = []
        let replaced: ExpressionID
        switch input.elementType.expressionKind {
        case .number:
            values = (try node.context.floats("imputed_value_floats") ?? []).map { pool.number(Double($0)) }
            replaced = pool.number(Double(try node.context.float("replaced_value_float", default: 0)))
        case .whole:
            values = (try node.context.integers("imputed_value_int64s") ?? []).map { pool.whole(Int64($0)) }
            replaced = pool.whole(Int64(try node.context.integer("replaced_value_int64", default: 0)))
        case .text, .truth: throw KernelProblem(.failed, "\(input.elementType) has no missing values")
        }
        guard values.count == 1 || values.count == width, !values.isEmpty else {
            throw KernelProblem(.failed, "rows of \(width) have \(values.count) values to fill in")
        }
        let isMissing = pool.facts(of: replaced).mayBeMissing
        let terms = input.terms.enumerated().map { place, term in
            let value = values[values.count == 1 ? 0 : place % width]
            let filled =
                isMissing
                ? pool.coalesce(term.expression, value)
                : pool.choose(pool.comparison(.equal, term.expression, replaced), value, term.expression)
            return SymbolicTensor.Term(row: term.row, expression: filled)
        }
        return .symbolic(SymbolicTensor(terms, shape: input.shape, input.elementType))
    }

    fileprivate mutating func normalize(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try singles(tensor(0, of: node))
        let norm = try node.context.string("norm") ?? "MAX"
        let rows = try mapRows(of: input, in: node.node) { lowering, features throws(KernelProblem) in
            let total: ExpressionID
            switch norm {
            case "L1": total = lowering.pool.sum(features.map { lowering.pool.absolute($0) })
            case "L2":
                let squares = lowering.pool.sum(features.map { lowering.pool.product($0, $0) })
                total = lowering.pool.squareRoot(squares)
            default: total = lowering.pool.extreme(ofPresent: features, isLargest: true)
            }
            let isZero = lowering.pool.comparison(.equal, total, lowering.pool.number(0))
            return [
                features.map { feature in
                    let share = lowering.pool.quotient(feature, byNonZero: total)
                    return lowering.pool.rounded(lowering.pool.choose(isZero, feature, share))
                }
            ]
        }
        return .symbolic(SymbolicTensor(rows[0], shape: input.shape, .float32))
    }

    fileprivate mutating func binarize(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        guard input.elementType.expressionKind == .number else {
            throw KernelProblem(.unsupported, "only floats are binarised by SQL export")
        }
        let threshold = pool.number(Double(try node.context.float("threshold", default: 0)))
        return try mapped(input) { lowering, x throws(KernelProblem) in
            // What is neither above nor below is refused by every engine.
            lowering.refusals.append(lowering.pool.isMissing(x))
            lowering.pool.decide(on: x)
            let isAbove = lowering.pool.comparison(.greater, x, threshold)
            return lowering.pool.choose(isAbove, lowering.pool.number(1), lowering.pool.number(0))
        }
    }
}
