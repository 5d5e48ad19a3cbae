/// One branch of a small tree, as masks of leaves see it.
struct MaskBranch: BitwiseCopyable {
    var tree: Int32
    /// The search among thresholds, see ``ColumnCuts``, and the rank of the branch's own one.
    var search: Int32
    var rank: Int32
    /// Whether NaN counts as -∞.
    var isLowered: Bool
    /// The leaves of the low side, counted within the tree: the first, and the one after the last.
    var lowLeaf: UInt8
    var highLeaf: UInt8

    /// The most leaves of one tree.
    static var leafLimit: Int { 64 }

    /// The leaves of the low side as bits.
    var leaves: UInt64 { (1 &<< UInt64(highLeaf)) &- (1 &<< UInt64(lowLeaf)) }

    /// The branches of all trees, none of which has too many leaves, in their order.
    static func all<Stored>(_ trees: SplitTrees<Stored>, _ cuts: ColumnCuts<Stored>) -> [MaskBranch] {
        var branches: [MaskBranch] = []
        branches.reserveCapacity(trees.nodes.count / 2)
        // The leaves to the left of each node, which in pre-order are those before it.
        var leavesBefore: [UInt8] = []
        for tree in 0..<trees.treeCount {
            let nodes = trees.firstNodes[tree]..<trees.firstNodes[tree + 1]
            leavesBefore.removeAll(keepingCapacity: true)
            var leafCount: UInt8 = 0
            for index in nodes {
                leavesBefore.append(leafCount)
                if trees.nodes[index].isLeaf { leafCount += 1 }
            }
            for index in nodes where !trees.nodes[index].isLeaf {
                let node = trees.nodes[index]
                let (search, rank, isLowered) = cuts.rank(of: node.threshold, column: node.column)
                branches.append(
                    MaskBranch(
                        tree: Int32(tree), search: Int32(search), rank: Int32(rank), isLowered: isLowered,
                        lowLeaf: leavesBefore[index - nodes.lowerBound],
                        highLeaf: leavesBefore[node.whenHigh - nodes.lowerBound]))
            }
        }
        return branches
    }
}
