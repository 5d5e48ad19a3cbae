/// A forest made ready to run: every branch asks whether a column is at most a threshold, and leaves are numbered.
///
/// Leaves are numbered through all trees, each tree's from left to right. Different forms of the same trees find them:
/// nodes to walk, and where trees are small bit masks, for blocks of rows and for one row.
final class CompiledForest<Stored: TreeScalar>: Sendable {
    /// What branches read.
    let columns: SplitColumns<Stored>
    /// The trees as bit masks; `nil` where a tree has too many leaves.
    let masks: ForestMasks<Stored>?
    /// The trees as nodes to walk; `nil` where masks answer every row.
    let walk: TreeWalk<Stored>?
    /// What leaves add to scores.
    let leaves: LeafScores<Stored>

    /// A walk asks about this many questions per tree, so more tests per tree are not worth asking beforehand.
    private static var testsPerTree: Int { 8 }

    private let path: TreePath
    /// The estimated time that one row takes where no block of masks takes it, in nanoseconds.
    private let rowCost: Double
    /// The estimated time that a row among many takes, in nanoseconds.
    let cost: Double
    /// Whether rows of the stored precision are read as they are.
    let readsFeatures: Bool

    /// Compiles a forest.
    ///
    /// - Returns: `nil` for a forest that has to be walked as it is: too large, or with too many tests that are no order;
    ///   and where the path asked for is not there.
    init?(_ forest: DecisionForest, path: TreePath = .automatic) {
        var columns = SplitColumns<Stored>(forest)
        let questions = columns.questions(of: forest)
        columns.seal()
        guard columns.tests.count <= Self.testsPerTree * forest.roots.count,
            let trees = SplitTrees(forest, questions)
        else { return nil }
        let masks = path == .walks ? nil : ForestMasks(trees, columns)
        let walkCost = TreeCost.walk(trees, columnCount: columns.areFeatures ? 0 : columns.count)
        let rowMaskCost = masks?.row.map { $0.cost } ?? .infinity
        let needsWalk: Bool
        switch path {
        case .automatic: needsWalk = TreeCost.rowWalk(trees, columnCount: columns.count) <= rowMaskCost
        case .walks: needsWalk = true
        case .masks, .rowMasks: needsWalk = false
        }
        walk = needsWalk ? TreeWalk(trees, columnCount: columns.count) : nil
        guard walk != nil || (path == .masks ? masks != nil : masks?.row != nil) else { return nil }
        self.path = path
        self.columns = columns
        self.masks = masks
        leaves = LeafScores(trees, of: forest)
        rowCost = walk == nil ? rowMaskCost : walkCost
        cost = min(rowCost, masks?.block.cost ?? .infinity)
        readsFeatures =
            columns.areFeatures || (walk == nil && (masks?.ranks.columnCount ?? .max) <= columns.featureCount)
    }

    /// How many of some rows, from the first on, go by masks of blocks; the others are answered on their own.
    ///
    /// Masks take a whole group's time even if only some of its rows are there.
    func maskedRows(of count: Int) -> Int {
        guard let cost = masks?.block.cost else { return 0 }
        let group = TreeMasks.groupRows
        let rest = count % group
        switch path {
        case .walks, .rowMasks: return 0
        case .masks: return count
        case .automatic:
            if rowCost <= cost { return 0 }
            return Double(rest) * rowCost <= Double(group) * cost ? count - rest : count
        }
    }
}
