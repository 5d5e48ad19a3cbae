/// Small trees as bit masks, which find the leaves of many rows without walking.
///
/// A set bit is a leaf that a row may still reach; all are set at first. Every branch whose column is above its
/// threshold takes away the leaves of its low side, in any order, and the first leaf that is left at the end is the
/// row's. (The idea is QuickScorer's; Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive
/// ensembles of regression trees", SIGIR 2015. Laying rows side by side in vectors is V-QuickScorer's.)
///
/// Columns are bytes, see ``ColumnRanks``, and so are masks: eight leaves make a plane. A vector holds one byte of 16
/// rows; most branches touch one or two planes only.
final class TreeMasks<Stored: TreeScalar>: Sendable {
    /// One branch's effect on one plane.
    struct Effect: BitwiseCopyable {
        /// Where the bytes of the column begin in a block.
        var offset: UInt32
        /// The column's byte up to which nothing happens, four times.
        var limit: UInt32
        /// The leaves that are taken away above it, four times.
        var mask: UInt32
    }

    /// The most leaves of one tree.
    static var leafLimit: Int { 64 }
    /// The leaves of one plane.
    private static var planeWidth: Int { 8 }

    let ranks: ColumnRanks<Stored>
    /// The effects of all planes, tree by tree and plane by plane.
    let effects: FixedArray<Effect>
    /// Where the effects of each plane begin; one more at the end.
    let planes: FixedArray<Int32>
    /// Where the planes of each tree begin; one more at the end.
    let firstPlanes: FixedArray<Int32>
    /// The number of each tree's first leaf.
    let firstLeaves: FixedArray<Int32>

    /// Lays out trees.
    ///
    /// - Returns: `nil` when a tree has too many leaves or there are too many thresholds.
    init?(_ trees: SplitTrees<Stored>, _ columns: SplitColumns<Stored>) {
        for tree in 0..<trees.treeCount where trees.firstLeaves[tree + 1] - trees.firstLeaves[tree] > Self.leafLimit {
            return nil
        }
        let cuts = ColumnCuts(trees, columns)
        guard let ranks = ColumnRanks(cuts) else { return nil }
        var effects: [Effect] = []
        var planes: [Int32] = [0]
        var firstPlanes: [Int32] = [0]
        var cleared: [(range: Range<Int>, offset: UInt32, limit: UInt32)] = []
        for tree in 0..<trees.treeCount {
            Self.collect(trees, tree, cuts, ranks, into: &cleared)
            let leafCount = trees.firstLeaves[tree + 1] - trees.firstLeaves[tree]
            for first in stride(from: 0, to: leafCount, by: Self.planeWidth) {
                for branch in cleared {
                    let low = max(branch.range.lowerBound - first, 0)
                    let high = min(branch.range.upperBound - first, Self.planeWidth)
                    guard low < high else { continue }
                    let mask = (UInt32(1) << UInt32(high)) - (UInt32(1) << UInt32(low))
                    effects.append(Effect(offset: branch.offset, limit: branch.limit, mask: mask &* 0x0101_0101))
                }
                planes.append(Int32(effects.count))
            }
            firstPlanes.append(Int32(planes.count - 1))
        }
        self.ranks = ranks
        self.effects = FixedArray(effects)
        self.planes = FixedArray(planes)
        self.firstPlanes = FixedArray(firstPlanes)
        firstLeaves = FixedArray(trees.firstLeaves.map { Int32($0) })
    }

    /// The branches of one tree with the leaves of their low sides, counted within the tree.
    private static func collect(
        _ trees: SplitTrees<Stored>, _ tree: Int, _ cuts: ColumnCuts<Stored>, _ ranks: ColumnRanks<Stored>,
        into cleared: inout [(range: Range<Int>, offset: UInt32, limit: UInt32)]
    ) {
        cleared.removeAll(keepingCapacity: true)
        let nodes = trees.firstNodes[tree]..<trees.firstNodes[tree + 1]
        // The leaves to the left of each node, which in pre-order are those before it.
        var leavesBefore: [Int] = []
        leavesBefore.reserveCapacity(nodes.count)
        var leafCount = 0
        for index in nodes {
            leavesBefore.append(leafCount)
            if trees.nodes[index].isLeaf { leafCount += 1 }
        }
        for index in nodes where !trees.nodes[index].isLeaf {
            let node = trees.nodes[index]
            let place = index - nodes.lowerBound
            let rank = ranks.place(of: cuts.rank(of: node.threshold, column: node.column))
            cleared.append(
                (
                    leavesBefore[place]..<leavesBefore[node.whenHigh - nodes.lowerBound],
                    UInt32(rank.column * ColumnRanks<Stored>.blockRows), UInt32(rank.byte) &* 0x0101_0101
                ))
        }
    }

    /// The estimated time that a row takes in a full group, in nanoseconds.
    var cost: Double {
        TreeCost.masks(
            treeCount: treeCount, effectCount: effects.count, searchCount: ranks.searchCount,
            comparisonCount: ranks.comparisonCount)
    }

    /// The number of trees.
    var treeCount: Int { firstPlanes.count - 1 }
}
