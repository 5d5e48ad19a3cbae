/// Small trees as bit masks, which find the leaves of many rows without walking.
///
/// A set bit is a leaf that a row may still reach; all are set at first. Every branch whose column is above its
/// threshold takes away the leaves of its low side, in any order, and the first leaf that is left at the end is the
/// row's. (The idea is QuickScorer's; Lucchese et al., "QuickScorer: a fast algorithm to rank documents with additive
/// ensembles of regression trees", SIGIR 2015. Laying rows side by side in vectors is V-QuickScorer's.)
///
/// Columns are bytes, see ``ColumnRanks``, and so are masks: eight leaves make a plane. A vector holds one byte of 16
/// rows; most branches touch one or two planes only.
final class TreeMasks: Sendable {
    /// One branch's effect on one plane.
    struct Effect: BitwiseCopyable {
        /// Where the bytes of the column begin in a block.
        var offset: UInt32
        /// The column's byte up to which nothing happens, four times.
        var limit: UInt32
        /// The leaves that are taken away above it, four times.
        var mask: UInt32
    }

    /// The leaves of one plane.
    private static var planeWidth: Int { 8 }

    /// An effect as it is kept.
    private struct Packed: BitwiseCopyable {
        var column: UInt16
        var limit: UInt8
        var mask: UInt8
    }

    /// The effects of all planes, tree by tree and plane by plane.
    private let effects: FixedArray<Packed>
    /// The most effects of one tree.
    let widestTree: Int
    /// Where the effects of each plane begin; one more at the end.
    let planes: FixedArray<Int32>
    /// Where the planes of each tree begin; one more at the end.
    let firstPlanes: FixedArray<Int32>
    /// The number of each tree's first leaf.
    let firstLeaves: FixedArray<Int32>
    /// The estimated time that a row takes in a full group, in nanoseconds.
    let cost: Double
    /// The bytes from column to column.
    private let rowStride: Int

    /// Lays out trees.
    init<Stored>(_ branches: [MaskBranch], _ trees: SplitTrees<Stored>, _ ranks: ColumnRanks<Stored>) {
        var effects: [Packed] = []
        var widestTree = 0
        var planes: [Int32] = [0]
        var firstPlanes: [Int32] = [0]
        var next = 0
        for tree in 0..<trees.treeCount {
            let first = next
            while next < branches.count, branches[next].tree == tree { next += 1 }
            let leafCount = trees.firstLeaves[tree + 1] - trees.firstLeaves[tree]
            for plane in stride(from: 0, to: leafCount, by: Self.planeWidth) {
                for branch in branches[first..<next] {
                    let mask = UInt32(truncatingIfNeeded: branch.leaves &>> UInt64(plane)) & 0xFF
                    guard mask != 0 else { continue }
                    let (column, byte) = ranks.place(of: branch)
                    effects.append(Packed(column: UInt16(column), limit: byte, mask: UInt8(mask)))
                }
                planes.append(Int32(effects.count))
            }
            widestTree = max(widestTree, effects.count - Int(planes[Int(firstPlanes[tree])]))
            firstPlanes.append(Int32(planes.count - 1))
        }
        self.effects = FixedArray(effects)
        self.widestTree = widestTree
        rowStride = ColumnRanks<Stored>.blockRows
        self.planes = FixedArray(planes)
        self.firstPlanes = FixedArray(firstPlanes)
        firstLeaves = FixedArray(trees.firstLeaves.map { Int32($0) })
        cost = TreeCost.masks(
            treeCount: trees.treeCount, effectCount: effects.count, searchCount: ranks.searchCount,
            comparisonCount: ranks.comparisonCount)
    }

    /// Writes out the effects of one tree, for as many groups of rows as a block has.
    ///
    /// - Parameter wide: Room for ``widestTree`` effects.
    func unpack(_ tree: Int, to wide: UnsafeMutablePointer<Effect>) {
        let first = Int(planes.start[Int(firstPlanes.start[tree])])
        let end = Int(planes.start[Int(firstPlanes.start[tree &+ 1])])
        for index in first..<end {
            let packed = effects.start[index]
            wide[index &- first] = Effect(
                offset: UInt32(packed.column) &* UInt32(truncatingIfNeeded: rowStride),
                limit: UInt32(packed.limit) &* 0x0101_0101, mask: UInt32(packed.mask) &* 0x0101_0101)
        }
    }

    /// The number of trees.
    var treeCount: Int { firstPlanes.count - 1 }
}
