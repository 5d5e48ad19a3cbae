/// A forest made ready to run: every branch asks whether a column is at most a threshold, and leaves are numbered.
///
/// Leaves are numbered through all trees, each tree's from left to right. Two forms of the same trees find them:
/// nodes to walk, and bit masks for blocks of rows where trees are small.
final class CompiledForest<Stored: TreeScalar>: Sendable {
    /// What branches read.
    let columns: SplitColumns<Stored>
    /// The trees as nodes to walk.
    let walk: TreeWalk<Stored>
    /// The trees as bit masks; `nil` where a tree has too many leaves.
    let masks: TreeMasks<Stored>?
    /// What leaves add to scores.
    let leaves: LeafScores<Stored>

    /// A walk asks about this many questions per tree, so more tests per tree are not worth asking beforehand.
    private static var testsPerTree: Int { 8 }

    /// Compiles a forest.
    ///
    /// - Returns: `nil` for a forest that has to be walked as it is: too large, or with too many tests that are no order.
    init?(_ forest: DecisionForest) {
        var columns = SplitColumns<Stored>(forest)
        let questions = columns.questions(of: forest)
        columns.seal()
        guard columns.tests.count <= Self.testsPerTree * forest.roots.count,
            let trees = SplitTrees(forest, questions), let walk = TreeWalk(trees, columnCount: columns.count)
        else { return nil }
        self.columns = columns
        self.walk = walk
        masks = TreeMasks(trees, columns)
        leaves = LeafScores(trees, of: forest)
    }
}
