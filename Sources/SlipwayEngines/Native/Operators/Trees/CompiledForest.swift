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

    /// How a block of rows may be sent through the trees.
    enum Path: Sendable {
        /// Whichever way is estimated to be faster.
        case automatic
        case walks, masks
    }

    private let path: Path
    /// The estimated time that one row takes to be walked in a block, in nanoseconds.
    private let walkCost: Double
    /// The estimated time that one row takes by masks.
    private let maskCost: Double

    /// Compiles a forest.
    ///
    /// - Returns: `nil` for a forest that has to be walked as it is: too large, or with too many tests that are no order.
    init?(_ forest: DecisionForest, path: Path = .automatic) {
        var columns = SplitColumns<Stored>(forest)
        let questions = columns.questions(of: forest)
        columns.seal()
        guard columns.tests.count <= Self.testsPerTree * forest.roots.count,
            let trees = SplitTrees(forest, questions), let walk = TreeWalk(trees, columnCount: columns.count)
        else { return nil }
        self.path = path
        self.columns = columns
        self.walk = walk
        masks = path == .walks ? nil : TreeMasks(trees, columns)
        leaves = LeafScores(trees, of: forest)
        walkCost = TreeCost.walk(trees, columnCount: columns.areFeatures ? 0 : columns.count)
        maskCost = masks.map { $0.cost } ?? .infinity
    }

    /// How many of some rows, from the first on, go by masks; the others are walked.
    ///
    /// Masks take a whole group's time even if only some of its rows are there.
    func maskedRows(of count: Int) -> Int {
        guard masks != nil else { return 0 }
        let group = TreeMasks<Stored>.groupRows
        let rest = count % group
        switch path {
        case .walks: return 0
        case .masks: return count
        case .automatic:
            if walkCost <= maskCost { return 0 }
            return Double(rest) * walkCost <= Double(group) * maskCost ? count - rest : count
        }
    }
}
