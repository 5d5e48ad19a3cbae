/// Decision trees whose leaves are summed, as boosting libraries train them, before they are written as a graph.
///
/// The readers of other formats fill this value, and ``BoostedTrees/write(to:reading:)`` turns it into one node
/// `TreeEnsemble` of ONNX.
struct BoostedTrees: Sendable, Equatable {
    /// How features are compared and leaves summed.
    enum Precision: Sendable {
        case float32, float64
    }

    /// What a row must fulfil to go to the true side of a node.
    enum Condition: Sendable, Equatable {
        /// The feature is at most this number.
        case lessOrEqual(Double)
        /// The feature is below this number.
        case less(Double)
        /// The feature equals one of these numbers; none of them is NaN.
        case member([Double])
    }

    /// Where a side of a node leads: an index into the nodes, or into the leaves, of the same tree.
    enum Child: Sendable, Equatable {
        case node(Int)
        case leaf(Int)
    }

    /// A split.
    struct Node: Sendable, Equatable {
        /// The column of the row.
        var feature: Int
        var condition: Condition
        /// Whether NaN goes to the true side.
        var sendsMissingToTrue: Bool
        var whenTrue: Child
        var whenFalse: Child
        /// The weight of the training rows that came here, 0 where the format does not tell.
        var cover: Double = 0
    }

    /// An end of a path.
    struct Leaf: Sendable, Equatable {
        /// What is added to the target.
        var value: Double
        /// The weight of the training rows that came here, 0 where the format does not tell.
        var cover: Double = 0
    }

    /// A tree that adds to one target; its root is the first node, or its only leaf where it has no node.
    struct Tree: Sendable, Equatable {
        /// The output column that the leaves add to.
        var target = 0
        var nodes: [Node] = []
        var leaves: [Leaf] = []
    }

    /// The columns of a row.
    var featureCount: Int
    /// The output columns.
    var targetCount: Int
    var precision: Precision
    /// The trees in the order in which their leaves are summed, beginning at 0.
    var trees: [Tree] = []
}

extension BoostedTrees.Tree {
    /// What keeps the nodes from being a tree, as the end of a sentence; `nil` when every node and leaf is reached
    /// exactly once.
    ///
    /// - Complexity: O(nodes).
    func defect() -> String? {
        guard !nodes.isEmpty else { return leaves.count == 1 ? nil : "it has no split and \(leaves.count) leaves" }
        var seenNodes = [Bool](repeating: false, count: nodes.count)
        var seenLeaves = [Bool](repeating: false, count: leaves.count)
        seenNodes[0] = true
        var open = [0]
        while let index = open.popLast() {
            for child in [nodes[index].whenTrue, nodes[index].whenFalse] {
                switch child {
                case .node(let next):
                    guard nodes.indices.contains(next) else {
                        return "node \(index) leads to node \(next), and there are \(nodes.count)"
                    }
                    guard !seenNodes[next] else { return "node \(next) is reached twice" }
                    seenNodes[next] = true
                    open.append(next)
                case .leaf(let next):
                    guard leaves.indices.contains(next) else {
                        return "node \(index) leads to leaf \(next), and there are \(leaves.count)"
                    }
                    guard !seenLeaves[next] else { return "leaf \(next) is reached twice" }
                    seenLeaves[next] = true
                }
            }
        }
        if let lost = seenNodes.firstIndex(of: false) { return "node \(lost) is not reached from the root" }
        if let lost = seenLeaves.firstIndex(of: false) { return "leaf \(lost) is not reached from the root" }
        return nil
    }
}
