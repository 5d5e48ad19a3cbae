extension DecisionForest {
    /// How far the covers of two children may be from that of their parent, as a share of it: sums of 32-bit floats.
    private static let coverTolerance = 1e-3

    /// The cover of each node as the model has it, or `nil` when it has none that mean anything.
    ///
    /// Converters that know of none write the same number everywhere. A leaf that was given none has what its parent's
    /// other child leaves over; of two such leaves nothing is known, and so of the whole model. A tree that says the
    /// same of every row, such as one that stands for the score that boosting starts from, needs none.
    var modelCovers: [Double]? {
        var covers = nodes.map(\.cover)
        guard covers.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
        guard roots.allSatisfy({ covers[Int($0)] > 0 || isConstant(treeAt: Int($0)) }) else { return nil }
        for (index, node) in nodes.enumerated() where node.comparison != nil && covers[index] > 0 {
            let (first, second) = (Int(node.whenTrue), Int(node.whenFalse))
            for (child, other) in [(first, second), (second, first)]
            where covers[child] == 0 && nodes[child].comparison == nil {
                guard nodes[other].comparison != nil || covers[other] > 0 else { return nil }
                covers[child] = max(0, covers[index] - covers[other])
            }
            let sum = covers[first] + covers[second]
            guard abs(sum - covers[index]) <= Self.coverTolerance * covers[index] else { return nil }
        }
        return covers
    }

    /// Whether a tree is a leaf, or a branch to two leaves that add the same.
    private func isConstant(treeAt root: Int) -> Bool {
        guard nodes[root].comparison != nil else { return true }
        let leaves = [nodes[Int(nodes[root].whenTrue)], nodes[Int(nodes[root].whenFalse)]]
        guard leaves.allSatisfy({ $0.comparison == nil }) else { return false }
        return weights[leaves[0].weights] == weights[leaves[1].weights]
    }

    /// How many of some rows reach each node.
    ///
    /// - Parameter rows: Row-major numbers, `width` to a row, in the precision in which the forest compares them.
    /// - Complexity: O(rows × trees × depth).
    func covers(of rows: [Double], width: Int) -> [Double] {
        var covers = [Double](repeating: 0, count: nodes.count)
        guard width > 0 else { return covers }
        for start in stride(from: 0, to: rows.count - width + 1, by: width) {
            for root in roots {
                var index = Int(root)
                covers[index] += 1
                while nodes[index].comparison != nil {
                    index = nodes[index].next(for: rows[start + Int(nodes[index].feature)], memberValues)
                    covers[index] += 1
                }
            }
        }
        return covers
    }
}
