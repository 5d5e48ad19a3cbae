/// Decision trees in one array of nodes, each tree in pre-order, and the weights of their leaves in another.
///
/// The precision is that of the attributes. Values are compared and leaves summed in the precision of the input:
/// a threshold in single precision is widened for a row in double precision, never the other way round.
struct TreeEnsemble<Stored: FloatScalar>: Sendable {
    /// How a node compares a feature with its threshold.
    enum Mode: UInt8, Sendable {
        case leaf, lessOrEqual, less, greaterOrEqual, greater, equal, notEqual

        /// The mode that an attribute names.
        init?(named name: String) {
            switch name {
            case "LEAF": self = .leaf
            case "BRANCH_LEQ": self = .lessOrEqual
            case "BRANCH_LT": self = .less
            case "BRANCH_GTE": self = .greaterOrEqual
            case "BRANCH_GT": self = .greater
            case "BRANCH_EQ": self = .equal
            case "BRANCH_NEQ": self = .notEqual
            default: return nil
            }
        }
    }

    /// A branch or a leaf.
    struct Node: Sendable {
        var mode: Mode
        /// Whether NaN takes the true branch even though it compares false.
        var sendsMissingToTrue: Bool
        var feature: Int32
        var threshold: Stored
        /// The node after a true comparison; of a leaf, its first weight.
        var first: Int32
        /// The node after a false comparison; of a leaf, the number of its weights.
        var second: Int32
    }

    /// What a leaf adds to one target or class.
    struct Weight: Sendable {
        var target: Int
        var value: Stored
    }

    let nodes: [Node]
    let weights: [Weight]
    /// The root of each tree, in the order of the attributes, in which leaves are summed.
    let roots: [Int]
    /// The features that a row must have at least.
    let featureCount: Int

    /// The leaf that a row reaches.
    ///
    /// - Precondition: The row has ``featureCount`` features, and `nodes` are those of this ensemble.
    @inline(__always)
    static func leaf<Number: FloatScalar>(
        from root: Int, of nodes: UnsafeBufferPointer<Node>, row: UnsafePointer<Number>
    ) -> Node {
        var node = nodes[root]
        while node.mode != .leaf {
            let value = row[Int(node.feature)]
            let threshold = Number(node.threshold)
            let holds: Bool
            switch node.mode {
            case .lessOrEqual: holds = value <= threshold
            case .less: holds = value < threshold
            case .greaterOrEqual: holds = value >= threshold
            case .greater: holds = value > threshold
            case .equal: holds = value == threshold
            case .notEqual: holds = value != threshold
            case .leaf: holds = true
            }
            let isTrue = holds || (node.sendsMissingToTrue && value.isNaN)
            node = nodes[Int(isTrue ? node.first : node.second)]
        }
        return node
    }
}
