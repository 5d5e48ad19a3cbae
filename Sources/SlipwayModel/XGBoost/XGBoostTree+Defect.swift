extension XGBoostTree {
    /// What keeps the arrays from being a tree, as `member: problem`; `nil` when they are one.
    ///
    /// Nodes that no path leads to are passed over, as XGBoost leaves those behind that it prunes.
    ///
    /// - Complexity: O(nodes + categories).
    func defect(featureCount: Int, outputCount: Int) -> String? {
        if let defect = defectiveLength() ?? defectiveCategories() { return defect }
        guard leafWidth <= 1 || leafWidth == outputCount else {
            return "tree_param.size_leaf_vector: it is \(leafWidth), and there are \(outputCount) outputs"
        }
        var isReached = [Bool](repeating: false, count: nodeCount)
        isReached[0] = true
        var open: [Int] = [0]
        while let node = open.popLast() {
            if leftChildren[node] == -1 {
                if let defect = defectiveLeaf(node) { return defect }
                continue
            }
            guard splitIndices[node] >= 0, splitIndices[node] < featureCount else {
                return "split_indices[\(node)]: there is no feature \(splitIndices[node]) among \(featureCount)"
            }
            guard !splitConditions[node].isNaN else { return "split_conditions[\(node)]: a threshold is NaN" }
            let (left, right) = (Int(leftChildren[node]), Int(rightChildren[node]))
            guard isReached.indices.contains(left), isReached.indices.contains(right) else {
                let (name, lost) = isReached.indices.contains(left) ? ("right", right) : ("left", left)
                return "\(name)_children[\(node)]: there is no node \(lost) among \(nodeCount)"
            }
            guard left != right, !isReached[left], !isReached[right] else {
                let (name, twice) = isReached[left] ? ("left", left) : ("right", right)
                return "\(name)_children[\(node)]: node \(twice) is reached twice"
            }
            isReached[left] = true
            isReached[right] = true
            open.append(left)
            open.append(right)
        }
        return nil
    }

    private func defectiveLeaf(_ node: Int) -> String? {
        if leafWidth <= 1 {
            return splitConditions[node].isFinite ? nil : "split_conditions[\(node)]: a leaf is not finite"
        }
        let place = Int(rightChildren[node])
        guard place >= 0, place < leafWeights.count / leafWidth else {
            return "right_children[\(node)]: there is no leaf \(place) in leaf_weights"
        }
        let values = leafWeights[(place * leafWidth)..<((place + 1) * leafWidth)]
        return values.allSatisfy(\.isFinite) ? nil : "leaf_weights: a value of leaf \(place) is not finite"
    }

    private func defectiveLength() -> String? {
        guard nodeCount > 0 else { return "left_children: the tree has no nodes" }
        let required = [
            ("right_children", rightChildren.count), ("split_indices", splitIndices.count),
            ("split_conditions", splitConditions.count), ("default_left", defaultLeft.count),
        ]
        for (name, count) in required where count != nodeCount {
            return "\(name): expected \(nodeCount) elements, one per node, found \(count)"
        }
        for (name, count) in [("split_type", splitTypes.count), ("sum_hessian", sumHessian.count)]
        where count != nodeCount && count != 0 {
            return "\(name): expected \(nodeCount) elements, one per node, found \(count)"
        }
        return nil
    }

    private func defectiveCategories() -> String? {
        guard categoriesSegments.count == categoriesNodes.count, categoriesSizes.count == categoriesNodes.count else {
            return "categories_nodes: it, categories_segments and categories_sizes have different lengths"
        }
        var last: Int32 = -1
        for (index, node) in categoriesNodes.enumerated() {
            guard node > last, node < nodeCount else {
                return "categories_nodes[\(index)]: \(node) is out of order or no node"
            }
            last = node
            let (start, size) = (Int(categoriesSegments[index]), Int(categoriesSizes[index]))
            guard start >= 0, size >= 0, start + size <= categories.count else {
                return "categories_segments[\(index)]: \(size) categories from \(start) on, of \(categories.count)"
            }
            guard splitTypes.isEmpty || splitTypes[Int(node)] == 1 else {
                return "split_type[\(node)]: a node with categories does not split by them"
            }
        }
        let declared = splitTypes.enumerated().filter { $0.element != 0 && leftChildren[$0.offset] != -1 }
        if let lost = declared.first(where: { !contains(Int32($0.offset)) }) {
            return "split_type[\(lost.offset)]: the node splits by categories and has none"
        }
        return nil
    }

    /// Whether a node is among those with categories, which are in rising order.
    private func contains(_ node: Int32) -> Bool {
        var range = categoriesNodes.startIndex..<categoriesNodes.endIndex
        while let first = range.first {
            let middle = first + range.count / 2
            if categoriesNodes[middle] == node { return true }
            range = categoriesNodes[middle] < node ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }
}
