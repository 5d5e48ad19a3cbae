/// Small trees as masks of leaves: for blocks of rows, and for one row.
final class ForestMasks<Stored: TreeScalar>: Sendable {
    /// The thresholds of the columns.
    let ranks: ColumnRanks<Stored>
    /// The masks for blocks of rows.
    let block: TreeMasks
    /// The masks for one row; `nil` when there are too many trees.
    let row: RowMasks?

    /// Lays out trees.
    ///
    /// - Returns: `nil` when a tree has too many leaves or there are too many thresholds.
    init?(_ trees: SplitTrees<Stored>, _ columns: SplitColumns<Stored>) {
        for tree in 0..<trees.treeCount
        where trees.firstLeaves[tree + 1] - trees.firstLeaves[tree] > MaskBranch.leafLimit { return nil }
        let cuts = ColumnCuts(trees, columns)
        guard let ranks = ColumnRanks(cuts) else { return nil }
        let branches = MaskBranch.all(trees, cuts)
        self.ranks = ranks
        block = TreeMasks(branches, trees, ranks)
        row = RowMasks(branches, trees, cuts, ranks)
    }
}
