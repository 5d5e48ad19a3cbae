extension XGBoostTree {
    /// The tree as nodes and leaves; the arrays must have no ``defect(featureCount:outputCount:)``.
    ///
    /// XGBoost goes left where a feature is below a threshold, and right where it is one of the categories.
    ///
    /// - Parameters:
    ///   - target: The output that the leaves add to.
    ///   - weight: What the leaves are multiplied by, in single precision.
    /// - Complexity: O(nodes + categories).
    func boosted(target: Int, weight: Float?) -> BoostedTrees.Tree {
        var tree = BoostedTrees.Tree()
        tree.target = target
        var memberships: [Int: Range<Int>] = [:]
        for (index, node) in categoriesNodes.enumerated() {
            let start = Int(categoriesSegments[index])
            memberships[Int(node)] = start..<(start + Int(categoriesSizes[index]))
        }
        /// A node to visit, and the side of the node above it that leads here.
        var open: [(node: Int, parent: Int, isTrueSide: Bool)] = [(0, -1, false)]
        while let (node, parent, isTrueSide) = open.popLast() {
            let left = Int(leftChildren[node])
            let place: BoostedTrees.Child
            if left == -1 {
                place = .leaf(tree.leaves.count)
                tree.leaves.append(leaf(node, target: target, weight: weight))
            } else {
                place = .node(tree.nodes.count)
                let index = tree.nodes.count
                let members = memberships[node]
                tree.nodes.append(split(node, members: members))
                let right = Int(rightChildren[node])
                let (whenTrue, whenFalse) = members == nil ? (left, right) : (right, left)
                open.append((whenFalse, index, false))
                open.append((whenTrue, index, true))
            }
            guard parent >= 0 else { continue }
            if isTrueSide { tree.nodes[parent].whenTrue = place } else { tree.nodes[parent].whenFalse = place }
        }
        return tree
    }

    private func leaf(_ node: Int, target: Int, weight: Float?) -> BoostedTrees.Leaf {
        let value = leafValue(node, output: target)
        return BoostedTrees.Leaf(value: Double(weight.map { value * $0 } ?? value), cover: cover(of: node))
    }

    /// A node whose sides are not known yet.
    private func split(_ node: Int, members: Range<Int>?) -> BoostedTrees.Node {
        let sendsMissingLeft = defaultLeft[node] != 0
        return BoostedTrees.Node(
            feature: Int(splitIndices[node]),
            condition: members.map { .member(Self.members(categories[$0])) } ?? .less(Double(splitConditions[node])),
            sendsMissingToTrue: members == nil ? sendsMissingLeft : !sendsMissingLeft, whenTrue: .leaf(0),
            whenFalse: .leaf(0), cover: cover(of: node))
    }

    /// The categories that a feature in single precision can be; XGBoost takes those from 2²⁴ on for none.
    private static func members(_ categories: ArraySlice<Int32>) -> [Double] {
        Set(categories).filter { $0 >= 0 && $0 < 1 << 24 }.sorted().map(Double.init)
    }

    private func cover(of node: Int) -> Double {
        guard !sumHessian.isEmpty else { return 0 }
        let cover = Double(sumHessian[node])
        return cover.isFinite && cover >= 0 ? cover : 0
    }
}
