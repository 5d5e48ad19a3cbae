/// Walks one tree after another and numbers branches and edges as ``PathForest`` wants them.
struct PathLayout {
    /// A leaf and the edge that leads to it.
    struct Leaf {
        var node: Int
        var edge: Int
    }

    /// What is still to be done, last first.
    private enum Task {
        case visit(node: Int32, edge: Int)
        /// Makes an edge the nearest one above that splits a feature.
        case descend(feature: Int, edge: Int32)
    }

    private let forest: DecisionForest
    private let covers: [Double]
    /// The feature of each column.
    private let features: [Int]
    /// For each feature the nearest edge above that splits it; 0 when there is none.
    private var nearest: [Int32]
    private var openCount = 0

    private(set) var branches: [PathForest.Branch] = []
    private(set) var fractions: [Double] = []
    /// For each edge the product of all shares down to it.
    private(set) var pathShares: [Double] = []
    private(set) var leaves: [Leaf] = []
    /// The targets that leaves of the tree speak of.
    private(set) var targets: Set<Int> = []
    private(set) var distinctCount = 0
    /// The sets of all trees so far.
    private(set) var sets: [[Double]] = []

    init(_ forest: DecisionForest, covers: [Double], features: [Int], featureCount: Int) {
        self.forest = forest
        self.covers = covers
        self.features = features
        nearest = Array(repeating: 0, count: featureCount)
    }

    /// What a leaf adds to targets.
    func weights(of leaf: Leaf) -> ArraySlice<DecisionForest.Weight> { forest.weights[forest.nodes[leaf.node].weights] }

    /// Lays out the tree of a root in the place of the one before.
    ///
    /// - Throws: ``KernelProblem`` of kind `unsupported` for a path that is too long or too rare.
    mutating func walk(from root: Int32) throws(KernelProblem) {
        branches.removeAll(keepingCapacity: true)
        leaves.removeAll(keepingCapacity: true)
        targets.removeAll()
        fractions = [1]
        pathShares = [1]
        distinctCount = 0
        var tasks = [Task.visit(node: root, edge: 0)]
        while let task = tasks.popLast() {
            switch task {
            case .descend(let feature, let edge):
                openCount += (edge == 0 ? 0 : 1) - (nearest[feature] == 0 ? 0 : 1)
                nearest[feature] = edge
                distinctCount = max(distinctCount, openCount)
            case .visit(let node, let edge):
                if let comparison = forest.nodes[Int(node)].comparison {
                    // Branches that share a child would have it walked once for each path to it.
                    guard branches.count < forest.nodes.count else {
                        throw KernelProblem(.unsupported, "the branches of a tree share children")
                    }
                    addBranch(Int(node), comparison, edge: edge, &tasks)
                } else {
                    try addLeaf(Int(node), edge: edge)
                }
            }
        }
        guard distinctCount <= PathForest.distinctCountMax else {
            throw KernelProblem(
                .unsupported, "a path splits \(distinctCount) features, more than \(PathForest.distinctCountMax)")
        }
        numberRepeatedSplits()
    }

    /// Gives each branch whose feature was split above it an effect of its own, behind those of the edges.
    private mutating func numberRepeatedSplits() {
        var next = Int32(PathForest.fixedEffectCount + 2 * branches.count)
        for index in branches.indices where branches[index].previous != 0 {
            branches[index].leaving = next
            next += 1
        }
    }

    private mutating func addLeaf(_ node: Int, edge: Int) throws(KernelProblem) {
        guard pathShares[edge] >= PathForest.pathShareMin else {
            throw KernelProblem(.unsupported, "a leaf is reached by too small a share of rows to be told from none")
        }
        leaves.append(Leaf(node: node, edge: edge))
        for weight in weights(of: Leaf(node: node, edge: edge)) { targets.insert(Int(weight.target)) }
    }

    private mutating func addBranch(
        _ index: Int, _ comparison: DecisionForest.Comparison, edge: Int, _ tasks: inout [Task]
    ) {
        let node = forest.nodes[index]
        let feature = features[Int(node.feature)]
        let test = PlainTest(node, comparison)
        let (whenTrue, whenFalse) =
            test.exchangesChildren ? (node.whenFalse, node.whenTrue) : (node.whenTrue, node.whenFalse)
        let previous = nearest[feature]
        let (trueEdge, falseEdge) = (2 * branches.count + 1, 2 * branches.count + 2)
        branches.append(
            PathForest.Branch(
                threshold: test.threshold, column: node.feature, feature: Int32(feature), edge: Int32(edge),
                previous: previous, leaving: 1, members: Int32(sets.count), test: test.form,
                sendsMissingToTrue: test.sendsMissingToTrue))
        if test.form == .member { sets.append(forest.memberValues[node.members].sorted()) }
        let (trueShare, falseShare) = Self.shares(covers[Int(whenTrue)], covers[Int(whenFalse)])
        let before = fractions[Int(previous)]
        fractions += [before * trueShare, before * falseShare]
        pathShares += [pathShares[edge] * trueShare, pathShares[edge] * falseShare]
        tasks.append(.descend(feature: feature, edge: previous))
        tasks.append(.visit(node: whenFalse, edge: falseEdge))
        tasks.append(.descend(feature: feature, edge: Int32(falseEdge)))
        tasks.append(.visit(node: whenTrue, edge: trueEdge))
        tasks.append(.descend(feature: feature, edge: Int32(trueEdge)))
    }

    /// The shares in which rows whose value is not known go both ways.
    private static func shares(_ whenTrue: Double, _ whenFalse: Double) -> (Double, Double) {
        let (first, second) = (max(0, whenTrue), max(0, whenFalse))
        let sum = first + second
        guard sum > 0, sum.isFinite else { return (0.5, 0.5) }
        return (max(first / sum, PathForest.shareMin), max(second / sum, PathForest.shareMin))
    }
}
