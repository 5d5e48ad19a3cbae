import SlipwayModel

extension SQLOperators {
    /// Products of matrices and the linear models.
    static let linear: [Entry] = [
        Entry("MatMul") { lowering, node throws(KernelProblem) in [try lowering.multiply(node)] },
        Entry("Gemm") { lowering, node throws(KernelProblem) in [try lowering.multiplyAndAdd(node)] },
        Entry("ai.onnx.ml.LinearRegressor") { lowering, node throws(KernelProblem) in [try lowering.regress(node)] },
        Entry("ai.onnx.ml.LinearClassifier") { lowering, node throws(KernelProblem) in try lowering.classify(node) },
    ]
}

extension GraphLowering {
    fileprivate mutating func multiply(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let left = try tensor(0, of: node)
        let right = try tensor(1, of: node)
        return .symbolic(try product(left, right))
    }

    /// The product of two matrices, or of a matrix and a vector; sums are in double precision and rounded once.
    fileprivate mutating func product(
        _ left: SymbolicTensor, _ right: SymbolicTensor
    ) throws(KernelProblem) -> SymbolicTensor {
        guard (1...2).contains(left.shape.count), (1...2).contains(right.shape.count) else {
            throw KernelProblem(.unsupported, "only products of matrices are covered by SQL export")
        }
        guard left.elementType.expressionKind == .number, left.elementType == right.elementType else {
            throw KernelProblem(.unsupported, "only floats of one type are multiplied by SQL export")
        }
        let rows = left.shape.count == 1 ? 1 : left.shape[0]
        let columns = right.shape.count == 1 ? 1 : right.shape[1]
        let inner = left.shape[left.shape.count - 1]
        guard inner == right.shape[0] else {
            throw KernelProblem(.failed, "shapes \(left.shape) and \(right.shape) cannot be multiplied")
        }
        guard rows * columns * max(inner, 1) <= SQLLimits.expressionCount else {
            throw KernelProblem(.tooLarge, "a product of \(rows)x\(inner) and \(inner)x\(columns) is too large for SQL")
        }
        var terms: [SymbolicTensor.Term] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let pairs = (0..<inner).map { (left.terms[row * inner + $0], right.terms[$0 * columns + column]) }
                let source = try SymbolicTensor.row(of: pairs.flatMap { [$0, $1] })
                let total = weighted(pairs.map { ($0.0.expression, $0.1.expression) }, plus: nil)
                terms.append(.init(row: source, expression: rounded(total, as: left.elementType)))
            }
        }
        let shape = (left.shape.count == 1 ? [] : [rows]) + (right.shape.count == 1 ? [] : [columns])
        return SymbolicTensor(terms, shape: shape, left.elementType)
    }

    /// The sum of products; those with a factor of zero are left out unless the other one may be no number.
    private mutating func weighted(
        _ pairs: [(ExpressionID, ExpressionID)], plus intercept: ExpressionID?
    ) -> ExpressionID {
        var terms = intercept.map { [$0] } ?? []
        for (left, right) in pairs {
            let term = pool.product(left, right)
            if pool.constant(right) == 0 || pool.constant(left) == 0 {
                let factor = pool.constant(right) == 0 ? left : right
                let known = pool.facts(of: factor)
                if !known.mayBeMissing && !known.mayBeInfinite { continue }
            }
            terms.append(term)
        }
        return pool.sum(terms)
    }

    fileprivate mutating func multiplyAndAdd(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        var left = try tensor(0, of: node)
        var right = try tensor(1, of: node)
        if try node.context.integer("transA", default: 0) != 0 { left = Self.transposed(left) }
        if try node.context.integer("transB", default: 0) != 0 { right = Self.transposed(right) }
        var result = try product(left, right)
        let type = result.elementType
        let alpha = pool.number(Double(try node.context.float("alpha", default: 1)))
        if pool.constant(alpha) != 1 {
            let scaled = try mapped(result) { lowering, x throws(KernelProblem) in
                lowering.rounded(lowering.pool.product(x, alpha), as: type)
            }
            guard case .symbolic(let tensor) = scaled else { return scaled }
            result = tensor
        }
        guard node.inputs.count > 2, node.inputs[2] != nil else { return .symbolic(result) }
        let beta = pool.number(Double(try node.context.float("beta", default: 1)))
        let added = try tensor(2, of: node)
        return .symbolic(
            try combined(result, added) { lowering, x, c throws(KernelProblem) in
                let share = lowering.rounded(lowering.pool.product(c, beta), as: type)
                return lowering.rounded(lowering.pool.sum([x, share]), as: type)
            })
    }

    private static func transposed(_ tensor: SymbolicTensor) -> SymbolicTensor {
        guard tensor.shape.count == 2 else { return tensor }
        let terms = Matrix.transposed(tensor.terms, rows: tensor.shape[0], columns: tensor.shape[1])
        return SymbolicTensor(terms, shape: [tensor.shape[1], tensor.shape[0]], tensor.elementType)
    }

    /// The raw scores of a linear model for one row of features.
    private mutating func scores(
        _ features: [ExpressionID], _ context: NodeContext, count: Int
    ) throws(KernelProblem) -> [ExpressionID] {
        let coefficients = try context.floats("coefficients") ?? []
        let intercepts = try context.floats("intercepts") ?? []
        guard coefficients.count == count * features.count else {
            throw KernelProblem(
                .failed, "rows have \(features.count) features, but the model has \(coefficients.count / max(count, 1))"
            )
        }
        return (0..<count).map { score in
            let pairs = features.indices.map { feature in
                (features[feature], pool.number(Double(coefficients[score * features.count + feature])))
            }
            let intercept = pool.number(Double(score < intercepts.count ? intercepts[score] : 0))
            return pool.rounded(weighted(pairs, plus: intercept))
        }
    }

    fileprivate mutating func regress(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let input = try singles(tensor(0, of: node))
        let targets = try node.context.integer("targets", default: 1)
        let transform = try PostTransform(node.context).applied(toTargets: targets)
        let rows = try mapRows(of: input, in: node.node) { lowering, features throws(KernelProblem) in
            let raw = try lowering.scores(features, node.context, count: targets)
            return [lowering.transformed(raw, by: transform)]
        }
        return .symbolic(SymbolicTensor(rows[0], shape: [rows[0].count / targets, targets], .float32))
    }

    fileprivate mutating func classify(_ node: LoweredNode) throws(KernelProblem) -> [LoweredValue] {
        let input = try singles(tensor(0, of: node))
        let labels = try ClassLabels(node.context, integers: "classlabels_ints")
        let transform = try PostTransform(node.context)
        let intercepts = try node.context.floats("intercepts") ?? []
        let count = intercepts.isEmpty ? labels.count : intercepts.count
        let rows = try mapRows(of: input, in: node.node) { lowering, features throws(KernelProblem) in
            let raw = try lowering.scores(features, node.context, count: count)
            if count == 1 {
                let isSecond = lowering.pool.comparison(.greater, raw[0], lowering.pool.number(0))
                let index = lowering.pool.choose(isSecond, lowering.pool.whole(1), lowering.pool.whole(0))
                let second = transform == .logistic ? lowering.pool.logistic(raw[0]) : raw[0]
                let first =
                    transform == .logistic
                    ? lowering.pool.logistic(lowering.pool.negative(raw[0]))
                    : lowering.pool.difference(lowering.pool.number(1), raw[0])
                return [[lowering.label(at: index, of: labels)], [first, second]]
            }
            let best = lowering.pool.extremeIndex(of: raw, isLargest: true)
            return [[lowering.label(at: best, of: labels)], lowering.transformed(raw, by: transform)]
        }
        let type: ElementType = if case .integers = labels { .int64 } else { .string }
        return [
            .symbolic(SymbolicTensor(rows[0], shape: [rows[0].count], type)),
            .symbolic(SymbolicTensor(rows[1], shape: [rows[0].count, labels.count], .float32)),
        ]
    }
}

extension GraphLowering {
    /// The scores of one row after the transform that a model ends with.
    mutating func transformed(_ scores: [ExpressionID], by transform: PostTransform) -> [ExpressionID] {
        switch transform {
        case .none: scores
        case .logistic: scores.map { pool.rounded(pool.logistic($0)) }
        case .softmax: pool.softmax(scores).map { pool.rounded($0) }
        case .softmaxZero: pool.softmaxZero(scores).map { pool.rounded($0) }
        case .probit: scores.map { pool.rounded(pool.probit($0)) }
        }
    }

    /// The label of the class at a computed place.
    mutating func label(at index: ExpressionID, of labels: ClassLabels) -> ExpressionID {
        let literals: [ExpressionID] =
            switch labels {
            case .integers(let numbers): numbers.map { pool.whole($0) }
            case .strings(let texts): texts.map { pool.text($0) }
            }
        return choice(of: index, among: literals)
    }
}
