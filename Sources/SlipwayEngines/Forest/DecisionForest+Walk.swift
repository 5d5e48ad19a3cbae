extension DecisionForest {
    /// Whether a row takes the true branch of a node.
    ///
    /// - Parameters:
    ///   - node: A branch.
    ///   - value: The value of the feature that it reads.
    func takesTrueBranch<Number: FloatScalar>(_ node: Node, _ value: Number) -> Bool {
        if node.sendsMissingToTrue, value.isNaN { return true }
        // A threshold of single precision is exact in both precisions; one in double precision never meets a Float.
        let threshold = Number(node.threshold)
        switch node.comparison {
        case .lessOrEqual: return value <= threshold
        case .less: return value < threshold
        case .greaterOrEqual: return value >= threshold
        case .greater: return value > threshold
        case .equal: return value == threshold
        case .notEqual: return value != threshold
        case .member:
            return memberValues[Int(node.members.lowerBound)..<Int(node.members.upperBound)]
                .contains { Number($0) == value }
        case nil: return true
        }
    }

    /// The leaf of a tree that a row reaches, found in the plainest way.
    ///
    /// Every faster path must find the same one.
    ///
    /// - Precondition: The row has ``featureCount`` features.
    func leaf<Number: FloatScalar>(from root: Int32, row: UnsafePointer<Number>) -> Node {
        var node = nodes[Int(root)]
        while node.comparison != nil {
            node = nodes[Int(takesTrueBranch(node, row[Int(node.feature)]) ? node.whenTrue : node.whenFalse)]
        }
        return node
    }
}
