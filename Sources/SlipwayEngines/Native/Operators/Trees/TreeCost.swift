/// What paths through trees cost, in nanoseconds of one core.
///
/// The figures were measured on a server core of 2024 and only their ratios matter: they choose between paths that give
/// the same answer.
enum TreeCost {
    /// A row's walk through all trees in a block of rows: its length grows with the logarithm of the leaves.
    ///
    /// - Parameter columnCount: The columns to fill beforehand.
    static func walk<Stored>(_ trees: SplitTrees<Stored>, columnCount: Int) -> Double {
        var cost = Double(columnCount)
        for tree in 0..<trees.treeCount {
            let leafCount = trees.firstLeaves[tree + 1] - trees.firstLeaves[tree]
            cost += 1 + 1.3 * Double(Int.bitWidth - leafCount.leadingZeroBitCount)
        }
        return cost
    }

    /// A row's walk over nodes as they are, of about ten to a tree.
    static func plain(treeCount: Int) -> Double { 40 * Double(treeCount) }

    /// A row's part of the time that masks take.
    static func masks(treeCount: Int, effectCount: Int, searchCount: Int, comparisonCount: Int) -> Double {
        0.7 * Double(treeCount) + 0.016 * Double(effectCount) + Double(searchCount) + 0.9 * Double(comparisonCount)
    }

    /// The time that one row takes by masks on its own.
    static func rowMasks(
        treeCount: Int, branchCount: Int, columnCount: Int, vectorCount: Int, interval: Int, comparisonCount: Int
    ) -> Double {
        // A value lies above half the branches of its column, most of which a note stands for.
        let joinsNotes = branchCount > 2 * interval * columnCount
        let joined = joinsNotes ? Double(columnCount * vectorCount) : 0
        let applied = min(Double(columnCount * interval), Double(branchCount)) / 2
        return Double(treeCount) + 2 * Double(columnCount) + 0.5 * Double(comparisonCount) + 0.15 * joined
            + 0.35 * applied
    }
}
