/// A tree as XGBoost stores it: one element per node in each array, the root at 0.
struct XGBoostTree: Sendable, Equatable {
    /// The node to go to when the condition holds; -1 for a leaf.
    var leftChildren: [Int32] = []
    /// The node to go to when it does not.
    var rightChildren: [Int32] = []
    /// The feature that a node looks at.
    var splitIndices: [Int32] = []
    /// The number that a feature must be below to go left; for a leaf, what it adds.
    var splitConditions: [Float] = []
    /// Whether a missing feature goes left (1) or right (0).
    var defaultLeft: [Int32] = []
    /// Whether a node splits by numbers (0) or by categories (1); empty where all split by numbers.
    var splitTypes: [Int32] = []
    /// The sums of the second derivatives of the training rows that came to a node; empty where not stored.
    var sumHessian: [Float] = []
    /// The categories that go right, of all nodes that split by categories behind one another.
    var categories: [Int32] = []
    /// The nodes that split by categories, in rising order.
    var categoriesNodes: [Int32] = []
    /// Where each such node's categories begin.
    var categoriesSegments: [Int32] = []
    /// How many categories each such node has.
    var categoriesSizes: [Int32] = []
    /// How many values each leaf has, one per output of the model where there are several.
    var leafWidth = 1
    /// The values of all leaves behind one another where each has several; a leaf's place stands in ``rightChildren``.
    var leafWeights: [Float] = []

    /// How many nodes are stored; some may be cut off from the root.
    var nodeCount: Int { leftChildren.count }

    /// What a leaf adds to an output; a leaf with a single value adds it to the one output that its tree has.
    func leafValue(_ node: Int, output: Int) -> Float {
        leafWidth > 1 ? leafWeights[Int(rightChildren[node]) * leafWidth + output] : splitConditions[node]
    }

    /// Whether any node splits by categories.
    var hasCategories: Bool { !categoriesNodes.isEmpty }
}
