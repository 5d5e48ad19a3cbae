extension TreeAttributes {
    /// Links nodes with their branches and weights.
    ///
    /// - Parameter targetCount: The number of targets or classes that weights may speak of.
    /// - Throws: ``KernelProblem`` for a node given twice, a weight of a node that is not there, a target out of range.
    /// - Complexity: O(nodes + weights).
    func parts(targetCount: Int) throws(KernelProblem) -> ForestParts {
        let places = try NodePlaces(trees: treeIDs, nodes: nodeIDs)
        var nodes: [DecisionForest.Node] = []
        nodes.reserveCapacity(treeIDs.count)
        for place in treeIDs.indices {
            var node = DecisionForest.Node(comparison: comparisons[place])
            node.sendsMissingToTrue = !sendsMissingToTrue.isEmpty && sendsMissingToTrue[place] != 0
            node.cover = covers.isEmpty ? 0 : covers[place]
            if node.comparison != nil {
                let tree = treeIDs[place]
                node.feature = Int32(clamping: features[place])
                node.threshold = thresholds[place]
                node.whenTrue = Int32(places.place(tree: tree, node: trueIDs[place]) ?? -1)
                node.whenFalse = Int32(places.place(tree: tree, node: falseIDs[place]) ?? -1)
            }
            nodes.append(node)
        }
        let weights = try addWeights(to: &nodes, places, targetCount: targetCount)
        return ForestParts(
            nodes: nodes, roots: places.firstPlaces, weights: weights,
            danglingBranch: { place, isTrue in
                let node = isTrue ? trueIDs[place] : falseIDs[place]
                return "tree \(treeIDs[place]) has a branch to node \(node), which is not there"
            }, treeName: { "tree \(treeIDs[$0])" })
    }

    /// Gives leaves their weights in the order of the attributes; those of branches are ignored, as in ONNX Runtime.
    ///
    /// Nor does a single target count more than the first weight of a leaf there, while several targets sum them.
    private func addWeights(
        to nodes: inout [DecisionForest.Node], _ places: NodePlaces, targetCount: Int
    ) throws(KernelProblem) -> [DecisionForest.Weight] {
        var leaves: [Int] = []
        leaves.reserveCapacity(weightTreeIDs.count)
        var counts = [Int32](repeating: 0, count: nodes.count)
        for (index, tree) in weightTreeIDs.enumerated() {
            let node = weightNodeIDs[index]
            guard let place = places.place(tree: tree, node: node) else {
                throw KernelProblem(.invalid, "a weight belongs to node \(node) of tree \(tree), which is not there")
            }
            let target = weightTargets[index]
            guard 0 <= target, target < targetCount else {
                throw KernelProblem(.invalid, "a weight is for target \(target) of \(targetCount)")
            }
            let isCounted = nodes[place].comparison == nil && (targetCount > 1 || counts[place] == 0)
            leaves.append(isCounted ? place : -1)
            if isCounted { counts[place] += 1 }
        }
        var next: Int32 = 0
        for place in nodes.indices {
            nodes[place].weights = next..<next
            next += counts[place]
        }
        var weights = [DecisionForest.Weight](repeating: .init(target: 0, value: 0), count: Int(next))
        for (index, place) in leaves.enumerated() where place >= 0 {
            let range = nodes[place].weights
            weights[Int(range.upperBound)] = .init(target: Int32(weightTargets[index]), value: self.weights[index])
            nodes[place].weights = range.lowerBound..<range.upperBound + 1
        }
        return weights
    }
}
