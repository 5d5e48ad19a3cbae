/// The trees of one ensemble as expressions over one row of features.
struct ForestLowering {
    private let forest: DecisionForest
    private let row: [ExpressionID]
    /// Whether leaves are summed in single precision.
    private let isSingle: Bool
    /// The condition of each branch, once it is made.
    private var conditions: [Int32: ExpressionID] = [:]

    /// Prepares the trees for a row.
    init(_ forest: DecisionForest, row: [ExpressionID], isSingle: Bool) throws(KernelProblem) {
        guard row.count >= forest.featureCount else {
            throw KernelProblem(
                .failed, "rows have \(row.count) features, but the trees read \(forest.featureCount)")
        }
        self.forest = forest
        self.row = row
        self.isSingle = isSingle
    }

    /// The sum of several numbers in the precision of the rows.
    func sum(_ terms: [ExpressionID], in pool: inout ExpressionPool) -> ExpressionID {
        isSingle ? pool.singleSum(terms) : pool.sum(terms)
    }

    /// The aggregate of the leaves that speak of a target; 0 where none does.
    mutating func score(of target: Int, in pool: inout ExpressionPool) -> ExpressionID {
        let forest = forest
        switch forest.aggregate {
        case .sum, .average:
            let terms = forest.roots.map { root in
                value(from: root, in: &pool) { pool, leaf in
                    pool.number(Self.weight(of: leaf, in: forest, for: target) ?? 0)
                }
            }
            return sum(terms.filter { pool.constant($0) != 0 }, in: &pool)
        case .minimum, .maximum:
            let isLargest = forest.aggregate == .maximum
            let none: Double = isLargest ? -.infinity : .infinity
            let terms = forest.roots.map { root in
                value(from: root, in: &pool) { pool, leaf in
                    pool.number(Self.weight(of: leaf, in: forest, for: target) ?? none)
                }
            }
            let extreme = pool.extreme(ofPresent: terms, isLargest: isLargest)
            return pool.choose(presence(of: target, in: &pool), extreme, pool.number(0))
        }
    }

    /// The score of a target of a regressor, with its base value.
    mutating func finishedScore(of target: Int, in pool: inout ExpressionPool) -> ExpressionID {
        let raw = score(of: target, in: &pool)
        var score = raw
        if forest.aggregate == .average {
            score = pool.quotient(score, byNonZero: pool.number(Double(forest.roots.count)))
            if isSingle { score = pool.rounded(score) }
        }
        if !forest.baseValues.isEmpty { score = sum([score, pool.number(forest.baseValues[target])], in: &pool) }
        return forest.targetCount == 1 ? score : pool.choose(presence(of: target, in: &pool), score, raw)
    }

    /// Whether any leaf that the row reaches speaks of a target.
    mutating func presence(of target: Int, in pool: inout ExpressionPool) -> ExpressionID {
        let forest = forest
        let tests = forest.roots.map { root in
            value(from: root, in: &pool) { pool, leaf in
                pool.truth(Self.weight(of: leaf, in: forest, for: target) != nil)
            }
        }
        return pool.any(tests)
    }

    private static func weight(of leaf: DecisionForest.Node, in forest: DecisionForest, for target: Int) -> Double? {
        let values = forest.weights[leaf.weights].filter { $0.target == target }.map(\.value)
        switch forest.aggregate {
        case .sum, .average: return values.isEmpty ? nil : values.reduce(0, +)
        case .minimum: return values.min()
        case .maximum: return values.max()
        }
    }

    /// What the leaf says that the row reaches in one tree.
    ///
    /// The tree is walked with a stack of its own, for it may be deeper than the stack of a thread.
    private mutating func value(
        from root: Int32, in pool: inout ExpressionPool,
        _ leafValue: (inout ExpressionPool, DecisionForest.Node) -> ExpressionID
    ) -> ExpressionID {
        var values: [Int32: ExpressionID] = [:]
        var open = [root]
        while let index = open.last {
            let node = forest.nodes[Int(index)]
            if node.comparison == nil {
                values[index] = leafValue(&pool, node)
            } else if let chosen = values[node.whenTrue], let other = values[node.whenFalse] {
                values[index] = pool.choose(condition(of: index, node, in: &pool), chosen, other)
            } else {
                if values[node.whenTrue] == nil { open.append(node.whenTrue) }
                if values[node.whenFalse] == nil { open.append(node.whenFalse) }
                continue
            }
            open.removeLast()
        }
        return values[root] ?? pool.number(0)
    }

    private mutating func condition(
        of index: Int32, _ node: DecisionForest.Node, in pool: inout ExpressionPool
    ) -> ExpressionID {
        if let known = conditions[index] { return known }
        let feature = row[Int(node.feature)]
        pool.decide(on: feature)
        var condition = comparison(of: node, feature, in: &pool)
        if node.sendsMissingToTrue {
            let isMissing = pool.isMissing(feature)
            condition = pool.any([condition, isMissing])
        }
        conditions[index] = condition
        return condition
    }

    private func comparison(
        of node: DecisionForest.Node, _ feature: ExpressionID, in pool: inout ExpressionPool
    ) -> ExpressionID {
        let threshold = pool.number(node.threshold)
        switch node.comparison {
        case .lessOrEqual: return pool.comparison(.lessOrEqual, feature, threshold)
        case .less: return pool.comparison(.less, feature, threshold)
        case .greater: return pool.comparison(.greater, feature, threshold)
        case .greaterOrEqual: return pool.comparison(.greaterOrEqual, feature, threshold)
        case .equal: return pool.comparison(.equal, feature, threshold)
        case .notEqual: return pool.not(pool.comparison(.equal, feature, threshold))
        case .member:
            return pool.any(
                forest.memberValues[node.members].map {
                    pool.comparison(.equal, feature, pool.number(isSingle ? Double(Float($0)) : $0))
                })
        case nil: return pool.truth(true)
        }
    }
}
