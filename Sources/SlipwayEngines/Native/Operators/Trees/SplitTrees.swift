/// A tree node in the terms of ``SplitColumns``.
struct SplitNode<Stored: TreeScalar> {
    /// The column that a branch reads; -1 for a leaf.
    var column: Int
    var threshold: Stored
    /// The node when the column is above the threshold or NaN; the one when it is not follows its branch.
    var whenHigh: Int
    /// The node of the forest.
    var source: Int

    var isLeaf: Bool { column < 0 }
}

/// The trees of a forest in the terms of ``SplitColumns``, one after another, each in pre-order with the low side first.
///
/// A node that branches share stands here once for each of them.
struct SplitTrees<Stored: TreeScalar> {
    private(set) var nodes: [SplitNode<Stored>] = []
    /// Where each tree begins; one more at the end.
    private(set) var firstNodes: [Int] = [0]
    /// The number of the first leaf of each tree, from left to right through all trees; one more at the end.
    private(set) var firstLeaves: [Int] = [0]
    /// The longest way to a leaf, by tree.
    private(set) var depths: [Int] = []
    /// The number of trees.
    var treeCount: Int { depths.count }

    /// Rewrites the trees of a forest.
    ///
    /// - Returns: `nil` when shared nodes become too many.
    init?(_ forest: DecisionForest, _ questions: [SplitColumns<Stored>.Question?]) {
        let limit = min(2 * forest.nodes.count + 1024, NativeLimits.treeNodes)
        nodes.reserveCapacity(forest.nodes.count)
        for root in forest.roots {
            guard add(forest, questions, root: Int(root), limit: limit) else { return nil }
        }
        guard firstLeaves[treeCount] < Stored.leafLimit else { return nil }
    }

    private mutating func add(
        _ forest: DecisionForest, _ questions: [SplitColumns<Stored>.Question?], root: Int, limit: Int
    ) -> Bool {
        var leafCount = 0
        var longest = 0
        var open: [(source: Int, parent: Int, depth: Int)] = [(root, -1, 0)]
        while let next = open.popLast() {
            guard nodes.count < limit else { return false }
            if next.parent >= 0 { nodes[next.parent].whenHigh = nodes.count }
            if let question = questions[next.source] {
                let node = forest.nodes[next.source]
                let (low, high) =
                    question.isSwapped ? (node.whenFalse, node.whenTrue) : (node.whenTrue, node.whenFalse)
                open.append((Int(high), nodes.count, next.depth + 1))
                open.append((Int(low), -1, next.depth + 1))
                nodes.append(
                    SplitNode(
                        column: question.column, threshold: question.threshold, whenHigh: 0, source: next.source))
            } else {
                nodes.append(SplitNode(column: -1, threshold: 0, whenHigh: 0, source: next.source))
                leafCount += 1
                longest = max(longest, next.depth)
            }
        }
        firstNodes.append(nodes.count)
        firstLeaves.append(firstLeaves[treeCount] + leafCount)
        depths.append(longest)
        return true
    }
}
