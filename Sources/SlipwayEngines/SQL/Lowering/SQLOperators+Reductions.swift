import Foundation
import SlipwayModel

extension SQLOperators {
    /// Operators that fold or compare the elements of a row.
    static let reductions: [Entry] =
        ReduceKernel.Operation.allCases.map { operation in
            Entry(operation.rawValue) { lowering, node throws(KernelProblem) in [try lowering.reduce(operation, node)] }
        }
        + ["ArgMax", "ArgMin"].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in
                [try lowering.findExtreme(node, isLargest: name == "ArgMax")]
            }
        }
        + ["Softmax", "LogSoftmax"].map { name in
            Entry(name) { lowering, node throws(KernelProblem) in
                [try lowering.softmax(node, isLogarithmic: name == "LogSoftmax")]
            }
        }
}

extension GraphLowering {
    fileprivate mutating func reduce(
        _ operation: ReduceKernel.Operation, _ node: LoweredNode
    ) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        guard input.elementType.expressionKind == .number else {
            throw KernelProblem(.unsupported, "only floats are reduced by SQL export")
        }
        let given = try node.integers(1)
        let attribute = try node.context.integers("axes")
        let axes = given ?? attribute ?? []
        let ignoresEmpty = try node.context.integer("noop_with_empty_axes", default: 0) != 0
        if axes.isEmpty && ignoresEmpty { return .symbolic(input) }
        let rank = input.shape.count
        let groups = Groups(input.shape, axes: axes.isEmpty ? Array(0..<rank) : try Shape.axes(axes, limit: rank))
        let keeps = try node.context.integer("keepdims", default: 1) != 0
        return try folded(input, groups, shape: keeps ? groups.keptShape : groups.reducedShape, input.elementType) {
            lowering, terms in
            lowering.rounded(lowering.pool.reduced(terms, by: operation), as: input.elementType)
        }
    }

    fileprivate mutating func findExtreme(
        _ node: LoweredNode, isLargest: Bool
    ) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        guard input.elementType.expressionKind == .number else {
            throw KernelProblem(.unsupported, "only floats are compared by SQL export")
        }
        let axis = try Shape.axis(try node.context.integer("axis", default: 0), limit: input.shape.count)
        let prefersLast = try node.context.integer("select_last_index", default: 0) != 0
        let keeps = try node.context.integer("keepdims", default: 1) != 0
        let groups = Groups(input.shape, axes: [axis])
        return try folded(input, groups, shape: keeps ? groups.keptShape : groups.reducedShape, .int64) {
            lowering, terms in
            lowering.pool.extremeIndex(of: terms, isLargest: isLargest, prefersLast: prefersLast)
        }
    }

    /// Each group of elements folded to one.
    private mutating func folded(
        _ input: SymbolicTensor, _ groups: Groups, shape: [Int], _ type: ElementType,
        _ fold: (inout GraphLowering, [ExpressionID]) -> ExpressionID
    ) throws(KernelProblem) -> LoweredValue {
        var terms: [SymbolicTensor.Term] = []
        for base in groups.outerOffsets {
            let group = groups.innerOffsets.map { input.terms[base + $0] }
            let row = try SymbolicTensor.row(of: group)
            terms.append(.init(row: row, expression: fold(&self, group.map(\.expression))))
        }
        return .symbolic(SymbolicTensor(terms, shape: shape, type))
    }

    fileprivate mutating func softmax(
        _ node: LoweredNode, isLogarithmic: Bool
    ) throws(KernelProblem) -> LoweredValue {
        let input = try tensor(0, of: node)
        let takesTrailing = node.context.opset < 13
        let given = try node.context.integer("axis", default: takesTrailing ? 1 : -1)
        let axis = try Shape.axis(given, limit: input.shape.count)
        let groups = Groups(input.shape, axes: takesTrailing ? Array(axis..<input.shape.count) : [axis])
        var terms = input.terms
        for base in groups.outerOffsets {
            let places = groups.innerOffsets.map { base + $0 }
            let row = try SymbolicTensor.row(of: places.map { input.terms[$0] })
            let scores = places.map { input.terms[$0].expression }
            let shares = isLogarithmic ? pool.logarithmicSoftmax(scores) : pool.softmax(scores)
            for (place, share) in zip(places, shares) {
                terms[place] = .init(row: row, expression: rounded(share, as: input.elementType))
            }
        }
        return .symbolic(SymbolicTensor(terms, shape: input.shape, input.elementType))
    }
}

extension ExpressionPool {
    /// Several numbers folded to one in double precision.
    fileprivate mutating func reduced(
        _ terms: [ExpressionID], by operation: ReduceKernel.Operation
    ) -> ExpressionID {
        switch operation {
        case .sum: return sum(terms)
        case .mean: return quotient(sum(terms), number(Double(terms.count)))
        case .maximum: return extreme(terms, isLargest: true)
        case .minimum: return extreme(terms, isLargest: false)
        case .product: return terms.reduce(number(1)) { product($0, $1) }
        case .sumOfSquares: return sum(terms.map { product($0, $0) })
        case .absoluteSum: return sum(terms.map { absolute($0) })
        case .euclideanNorm: return squareRoot(sum(terms.map { product($0, $0) }))
        case .logarithmOfSum: return logarithm(sum(terms))
        case .logarithmOfExponentialSum: return logarithmOfExponentialSum(terms)
        }
    }

    /// The logarithm of a sum of exponentials, by way of the distances to the highest, which never overflow.
    ///
    /// An infinite highest has no distances: it is itself the answer where nothing is missing.
    private mutating func logarithmOfExponentialSum(_ terms: [ExpressionID]) -> ExpressionID {
        let highest = extreme(ofPresent: terms, isLargest: true)
        let total = sum(terms.map { exponential(ofNonPositive: difference($0, highest)) })
        let finite = sum([highest, function(.logarithm, total, Foundation.log)])
        guard terms.contains(where: { facts(of: $0).mayBeInfinite || facts(of: $0).mayBeMissing }) else {
            return finite
        }
        let gaps = terms.map { isMissing($0) }
        let isInfinite = [Double.infinity, -.infinity].map { comparison(.equal, highest, number($0)) }
        return cases(
            [(any(gaps), missing(.number)), (any(isInfinite), highest)], otherwise: finite)
    }

    fileprivate mutating func logarithmicSoftmax(_ scores: [ExpressionID]) -> [ExpressionID] {
        let highest = extreme(ofPresent: scores, isLargest: true)
        let distances = scores.map { difference($0, highest) }
        let total = sum(distances.map { exponential(ofNonPositive: $0) })
        let logarithm = function(.logarithm, total, Foundation.log)
        return distances.map { difference($0, logarithm) }
    }
}
