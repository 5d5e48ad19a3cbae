/// The bounds that keep a hostile graph from exhausting memory or the stack.
enum NativeLimits {
    /// The most elements that any value inside a graph may have.
    static let elements = 1 << 26
    /// The most dimensions of a tensor.
    static let dimensions = 16
    /// The most rounds of one loop.
    static let iterations = 1 << 22
    /// The most nodes of all trees of one ensemble together.
    static let treeNodes = 1 << 25
    /// The most classes or targets of one ensemble or linear model.
    static let scores = 1 << 16
}
