/// What paths through trees cost, in nanoseconds of one core.
///
/// The figures were measured on a server core of 2024 and only their ratios matter: they choose between paths that give
/// the same answer. Those of one row were fitted to 25 forests of 20 to 1,000 trees, 4 to 64 leaves and 5 to 100 columns.
enum TreeCost {
    /// A row's walk through all trees in a block of rows: its length grows with the logarithm of the leaves.
    ///
    /// - Parameter columnCount: The columns to fill beforehand.
    static func walk<Stored>(_ trees: SplitTrees<Stored>, columnCount: Int) -> Double {
        var cost = Double(columnCount)
        for tree in 0..<trees.treeCount {
            cost += 1 + 1.3 * Double(levelCount(trees, tree))
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
        // A value lies somewhere among the branches of its column: at less than one interval there is no note to join,
        // and behind a note half an interval is left to apply.
        let length = Double(branchCount) / Double(max(columnCount, 1))
        let joined = max(0, 1 - Double(interval) / max(length, 1)) * Double(vectorCount)
        let applied = min(length, Double(interval)) / 2
        return 0.92 * Double(treeCount) + 3.1 * Double(comparisonCount)
            + Double(columnCount) * (0.34 * joined + 0.35 * applied)
    }

    /// The time that one row takes by a walk on its own.
    ///
    /// Values and nodes that lie further apart in memory take longer to come.
    static func rowWalk<Stored>(_ trees: SplitTrees<Stored>, columnCount: Int) -> Double {
        var levels = 0
        for tree in 0..<trees.treeCount { levels += levelCount(trees, tree) }
        let leafCount = trees.firstLeaves[trees.treeCount]
        return 85 + 0.96 * Double(levels) + 0.077 * Double(leafCount) + 15 * Double(columnCount)
    }

    /// The levels that the leaves of a tree would fill if all lay equally deep.
    private static func levelCount<Stored>(_ trees: SplitTrees<Stored>, _ tree: Int) -> Int {
        Int.bitWidth - (trees.firstLeaves[tree + 1] - trees.firstLeaves[tree]).leadingZeroBitCount
    }
}
