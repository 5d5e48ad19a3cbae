extension DecisionForest.Node {
    /// Whether a row takes the true branch.
    ///
    /// - Parameters:
    ///   - value: The value of the feature that the branch reads.
    ///   - memberValues: Those of the forest.
    func takesTrueBranch<Number: FloatScalar>(_ value: Number, _ memberValues: [Double]) -> Bool {
        if sendsMissingToTrue, value.isNaN { return true }
        // A threshold of single precision is exact in both precisions; one in double precision never meets a Float.
        let threshold = Number(threshold)
        switch comparison {
        case .lessOrEqual: return value <= threshold
        case .less: return value < threshold
        case .greaterOrEqual: return value >= threshold
        case .greater: return value > threshold
        case .equal: return value == threshold
        case .notEqual: return value != threshold
        case .member:
            return memberValues[members].contains { Number($0) == value }
        case nil: return true
        }
    }

    /// The node after a branch, for the value of the feature that it reads.
    func next<Number: FloatScalar>(for value: Number, _ memberValues: [Double]) -> Int {
        Int(takesTrueBranch(value, memberValues) ? whenTrue : whenFalse)
    }
}

extension DecisionForest {
    /// The leaf of a tree that a row reaches, found in the plainest way.
    ///
    /// Every faster path must find the same one.
    ///
    /// - Precondition: The row has ``featureCount`` features.
    func leaf<Number: FloatScalar>(from root: Int32, row: UnsafePointer<Number>) -> Node {
        var node = nodes[Int(root)]
        while node.comparison != nil {
            node = nodes[node.next(for: row[Int(node.feature)], memberValues)]
        }
        return node
    }
}
