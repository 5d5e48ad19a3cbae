extension PathForest {
    /// The memory that the effects of all trees may take before they are computed for each call instead.
    static let effectByteCountMax = 64 << 20
    /// The most effects of one tree, which take 64 bytes each.
    static let treeEffectCountMax = 1 << 24
    /// The most values of edges, which take 8 bytes each; there is one for each target that a tree speaks of.
    static let valueCountMax = 1 << 27
    /// The most distinct features of one path that are integrated; a longer one is left to sampling.
    static let distinctCountMax = 256
    /// The share of rows that a branch gets whose cover is zero, so that a row which goes there is told from none.
    static let shareMin = 1e-12
    /// The smallest product of shares of a path that is told from zero.
    static let pathShareMin = 1e-250

    /// Lays out a forest.
    ///
    /// - Parameters:
    ///   - covers: How many training or example rows reach each node.
    ///   - features: The feature of each column: its columns are known or unknown together.
    ///   - featureCount: The number of features.
    /// - Throws: ``KernelProblem`` of kind `unsupported` for an aggregate that is no sum, or paths beyond the limits.
    /// - Precondition: There are a cover for each node and a feature for each column that the trees read.
    /// - Complexity: O(nodes × targets of a tree + weights).
    init(
        _ forest: DecisionForest, covers: [Double], features: [Int], featureCount: Int
    ) throws(KernelProblem) {
        guard forest.aggregate == .sum || forest.aggregate == .average else {
            throw KernelProblem(.unsupported, "contributions to the least or greatest leaf do not add up")
        }
        self.featureCount = featureCount
        columnCount = forest.featureCount
        parts = Array(repeating: [], count: forest.targetCount)
        bases =
            forest.baseValues.count == forest.targetCount
            ? forest.baseValues : Array(repeating: 0, count: forest.targetCount)
        let scale = forest.aggregate == .average ? 1 / Double(max(1, forest.roots.count)) : 1
        var layout = PathLayout(forest, covers: covers, features: features, featureCount: featureCount)
        for root in forest.roots {
            try layout.walk(from: root)
            try add(layout, scale: scale)
        }
        sets = layout.sets
        tabulateEffects()
    }

    /// Takes over a tree that was laid out; a single leaf tells no row from another, and only moves the base.
    private mutating func add(_ layout: PathLayout, scale: Double) throws(KernelProblem) {
        let repeated = layout.branches.count { $0.leaving >= Self.fixedEffectCount }
        let tree = Tree(
            firstBranch: branches.count, branchCount: layout.branches.count, firstEdge: fractions.count,
            distinctCount: layout.distinctCount,
            effectCount: Self.fixedEffectCount + 2 * layout.branches.count + repeated, firstEffect: nil,
            isPlain: layout.branches.allSatisfy { $0.test == .lessOrEqual })
        guard tree.effectCount * tree.blockCount <= Self.treeEffectCountMax else {
            throw KernelProblem(.unsupported, "a tree of \(tree.branchCount) branches is too large to be explained")
        }
        let targets = layout.targets.sorted()
        guard values.count + targets.count * tree.edgeCount <= Self.valueCountMax else {
            throw KernelProblem(.unsupported, "the trees speak of too many targets to be explained")
        }
        var starts: [Int: Int] = [:]
        for target in targets {
            starts[target] = values.count
            if tree.branchCount > 0 { parts[target].append(Part(tree: trees.count, firstValue: values.count)) }
            values += repeatElement(1, count: tree.edgeCount)
            for leaf in layout.leaves { values[values.count - tree.edgeCount + leaf.edge] = 0 }
        }
        for leaf in layout.leaves {
            let share = layout.pathShares[leaf.edge] * scale
            for weight in layout.weights(of: leaf) {
                let target = Int(weight.target)
                bases[target] += weight.value * share
                if let start = starts[target] { values[start + leaf.edge] += weight.value * share }
            }
        }
        guard tree.branchCount > 0 else { return }
        trees.append(tree)
        branches += layout.branches
        fractions += layout.fractions
    }

    /// Computes the effects of all trees, if they fit.
    private mutating func tabulateEffects() {
        let count = trees.reduce(0) { $0 + $1.effectCount * $1.blockCount }
        guard count <= Self.effectByteCountMax / MemoryLayout<Effect>.stride else { return }
        let blocks = (1...(Self.distinctCountMax / 8)).map { count -> [Block] in
            trees.contains { $0.blockCount == count } ? Block.all(of: GaussLegendreRule(count: 4 * count)) : []
        }
        var table = [Effect](repeating: Effect(factor: .zero, share: .zero), count: count)
        var next = 0
        table.withUnsafeMutableBufferPointer { table in
            guard let start = table.baseAddress else { return }
            for index in trees.indices {
                trees[index].firstEffect = next
                for block in blocks[trees[index].blockCount - 1] {
                    writeEffects(of: trees[index], block: block, into: start + next)
                    next += trees[index].effectCount
                }
            }
        }
        effects = table
    }
}
