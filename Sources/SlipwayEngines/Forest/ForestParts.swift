/// The nodes of all trees in the order of a file, before anything is known of how they hang together.
struct ForestParts {
    /// Branches and leaves; ``DecisionForest/Node/whenTrue`` and its counterpart are places in this array.
    ///
    /// A place that is out of range makes its branch unusable, which matters only if a tree reaches it.
    var nodes: [DecisionForest.Node]
    /// The place of each tree's root.
    var roots: [Int]
    /// What leaves add.
    var weights: [DecisionForest.Weight]
    /// The members of all tests of membership.
    var memberValues: [Double] = []
    /// Names the branch that leads nowhere.
    var danglingBranch: (_ place: Int, _ isTrue: Bool) -> String
    /// Names the tree of a place.
    var treeName: (_ place: Int) -> String
}
