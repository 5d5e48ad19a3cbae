import SlipwayModel

extension SQLOperators {
    /// Ensembles of decision trees.
    static let trees: [Entry] = [
        Entry("ai.onnx.ml.TreeEnsembleRegressor") { lowering, node throws(KernelProblem) in
            [try lowering.regressByTrees(node)]
        },
        Entry("ai.onnx.ml.TreeEnsembleClassifier") { lowering, node throws(KernelProblem) in
            try lowering.classifyByTrees(node)
        },
        Entry("ai.onnx.ml.TreeEnsemble") { lowering, node throws(KernelProblem) in
            [try lowering.regressByTrees(node)]
        },
    ]
}

extension GraphLowering {
    fileprivate mutating func regressByTrees(_ node: LoweredNode) throws(KernelProblem) -> LoweredValue {
        let forest = try DecisionForest(node.context)
        let input = try features(of: node, for: forest)
        let rows = try mapRows(of: input, in: node.node) { lowering, row throws(KernelProblem) in
            var trees = try ForestLowering(forest, row: row, isSingle: input.elementType == .float32)
            let scores = (0..<forest.targetCount).map { trees.finishedScore(of: $0, in: &lowering.pool) }
            return [lowering.transformed(scores, by: forest.transform)]
        }
        let answersDouble = node.node.operatorName == "TreeEnsemble" && forest.precision == .float64
        let shape = [rows[0].count / forest.targetCount, forest.targetCount]
        return .symbolic(SymbolicTensor(rows[0], shape: shape, answersDouble ? .float64 : .float32))
    }

    fileprivate mutating func classifyByTrees(_ node: LoweredNode) throws(KernelProblem) -> [LoweredValue] {
        let forest = try DecisionForest(node.context)
        guard let labels = forest.labels else { throw KernelProblem(.invalid, "no classes are named") }
        let input = try features(of: node, for: forest)
        let rows = try mapRows(of: input, in: node.node) { lowering, row throws(KernelProblem) in
            var trees = try ForestLowering(forest, row: row, isSingle: input.elementType == .float32)
            if forest.targetCount == 2 {
                let (index, scores) = lowering.decideBetweenTwo(forest, &trees)
                // Two numbered classes with weights of their own are 0 and 1, whatever their labels are.
                if case .integers = labels, forest.binaryRule == .separate { return [[index], scores] }
                return [[lowering.label(at: index, of: labels)], scores]
            }
            let (index, scores) = lowering.decideAmongMany(forest, &trees)
            return [[lowering.label(at: index, of: labels)], scores]
        }
        let type: ElementType = if case .integers = labels { .int64 } else { .string }
        return [
            .symbolic(SymbolicTensor(rows[0], shape: [rows[0].count], type)),
            .symbolic(SymbolicTensor(rows[1], shape: [rows[0].count, labels.count], .float32)),
        ]
    }

    /// The rows as trees read them: doubles as they are, everything else in single precision.
    private mutating func features(
        of node: LoweredNode, for forest: DecisionForest
    ) throws(KernelProblem) -> SymbolicTensor {
        let input = try tensor(0, of: node)
        if input.elementType == .float64 { return input }
        guard forest.precision == .float32 else {
            throw KernelProblem(.failed, "trees in double precision need rows in double precision")
        }
        return try singles(input)
    }

    /// The class with the highest score, of those that a leaf spoke of, and all scores.
    private mutating func decideAmongMany(
        _ forest: DecisionForest, _ trees: inout ForestLowering
    ) -> (index: ExpressionID, scores: [ExpressionID]) {
        var scores: [ExpressionID] = []
        var candidates: [ExpressionID] = []
        for target in 0..<forest.targetCount {
            var score = trees.score(of: target, in: &pool)
            if forest.baseValues.isEmpty {
                let isPresent = trees.presence(of: target, in: &pool)
                candidates.append(pool.choose(isPresent, score, pool.number(-.infinity)))
            } else {
                score = trees.sum([score, pool.number(forest.baseValues[target])], in: &pool)
                candidates.append(score)
            }
            scores.append(score)
        }
        return (pool.extremeIndex(of: candidates, isLargest: true), transformed(scores, by: forest.transform))
    }

    /// The class and the scores of a classifier of two classes, by the rules of ``TreeClassifierKernel``.
    private mutating func decideBetweenTwo(
        _ forest: DecisionForest, _ trees: inout ForestLowering
    ) -> (index: ExpressionID, scores: [ExpressionID]) {
        let base = forest.baseValues.map { pool.number($0) }
        let zero = pool.number(0)
        let raw = [trees.score(of: 0, in: &pool), trees.score(of: 1, in: &pool)]
        let hasFirst = trees.presence(of: 0, in: &pool)
        let hasSecond = trees.presence(of: 1, in: &pool)
        let shifted = base.isEmpty ? raw[0] : trees.sum([raw[0], base[0]], in: &pool)
        let single = base.isEmpty ? raw[0] : pool.choose(hasFirst, shifted, zero)

        var pair = [single, raw[1]]
        if base.count == 2 {
            pair[1] = trees.sum([base[1], raw[0]], in: &pool)
            pair[0] = pool.choose(hasFirst, pool.negative(pair[1]), zero)
        }
        let together = transformed(pair, by: forest.transform)
        let alone =
            base.count == 2
            ? transformed([single, raw[1]], by: forest.transform) : bothScores(of: single, forest)
        let decisive = pool.choose(hasSecond, pair[1], single)
        let limit = pool.number(forest.binaryRule == .probability ? 0.5 : 0)
        let isSecond = pool.comparison(.greater, decisive, limit)
        let index = pool.choose(isSecond, pool.whole(1), pool.whole(0))
        return (index, zip(together, alone).map { pool.choose(hasSecond, $0, $1) })
    }

    /// The score of one class and the one of the other that follows from it.
    private mutating func bothScores(of score: ExpressionID, _ forest: DecisionForest) -> [ExpressionID] {
        if forest.transform == .logistic { return [pool.logistic(pool.negative(score)), pool.logistic(score)] }
        let isProbability = forest.binaryRule == .probability
        return [isProbability ? pool.difference(pool.number(1), score) : pool.negative(score), score]
    }
}

extension DecisionForest {
    /// How two classes are decided.
    fileprivate enum BinaryRule {
        case probability, margin, separate
    }

    fileprivate var binaryRule: BinaryRule {
        guard targetCount == 2, let target = weights.first?.target, weights.allSatisfy({ $0.target == target }) else {
            return .separate
        }
        return weights.allSatisfy { $0.value >= 0 } ? .probability : .margin
    }
}
