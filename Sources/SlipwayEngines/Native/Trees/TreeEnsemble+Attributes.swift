extension TreeEnsemble {
    /// A node by the numbers that attributes give it.
    private struct Identity: Hashable {
        let tree: Int
        let node: Int
    }

    /// Links the nodes of all trees and lays each tree out in pre-order.
    ///
    /// - Parameter targetCount: The number of targets or classes that weights may speak of.
    /// - Throws: ``KernelProblem`` for a node given twice, a child that is not there, a cycle, a target out of range.
    /// - Complexity: O(nodes + weights).
    init(_ attributes: TreeAttributes<Stored>, targetCount: Int) throws(KernelProblem) {
        var places: [Identity: Int] = [:]
        var firstNodes: [Int] = []
        var knownTrees: Set<Int> = []
        for (place, tree) in attributes.treeIDs.enumerated() {
            let identity = Identity(tree: tree, node: attributes.nodeIDs[place])
            guard places.updateValue(place, forKey: identity) == nil else {
                throw KernelProblem(.invalid, "node \(identity.node) of tree \(tree) is given twice")
            }
            if knownTrees.insert(tree).inserted { firstNodes.append(place) }
        }
        let leafWeights = try Self.leafWeights(attributes, places, targetCount: targetCount)
        var layout = Layout(attributes, places: places, leafWeights: leafWeights)
        roots = try firstNodes.map { place throws(KernelProblem) in try layout.add(treeAt: place) }
        nodes = layout.nodes
        weights = layout.weights
        featureCount = layout.featureCount
    }

    /// The weights by the place of their leaf; those of branches are ignored, as in ONNX Runtime.
    ///
    /// Nor does a single target count more than the first weight of a leaf there, while several targets sum them.
    private static func leafWeights(
        _ attributes: TreeAttributes<Stored>, _ places: [Identity: Int], targetCount: Int
    ) throws(KernelProblem) -> [Int: [Weight]] {
        var found: [Int: [Weight]] = [:]
        for (index, tree) in attributes.weightTreeIDs.enumerated() {
            let node = attributes.weightNodeIDs[index]
            guard let place = places[Identity(tree: tree, node: node)] else {
                throw KernelProblem(.invalid, "a weight belongs to node \(node) of tree \(tree), which is not there")
            }
            let target = attributes.weightTargets[index]
            guard 0 <= target, target < targetCount else {
                throw KernelProblem(.invalid, "a weight is for target \(target) of \(targetCount)")
            }
            if attributes.modes[place] == .leaf, targetCount > 1 || found[place] == nil {
                found[place, default: []].append(Weight(target: target, value: attributes.weights[index]))
            }
        }
        return found
    }

    /// Walks trees from their roots and numbers nodes in the order in which they are met.
    private struct Layout {
        private enum State { case unseen, open, done }

        let attributes: TreeAttributes<Stored>
        let places: [Identity: Int]
        let leafWeights: [Int: [Weight]]
        var nodes: [Node] = []
        var weights: [Weight] = []
        var featureCount = 0
        private var states: [State]
        /// The new number of each node already met.
        private var numbers: [Int]

        init(_ attributes: TreeAttributes<Stored>, places: [Identity: Int], leafWeights: [Int: [Weight]]) {
            self.attributes = attributes
            self.places = places
            self.leafWeights = leafWeights
            states = [State](repeating: .unseen, count: attributes.treeIDs.count)
            numbers = [Int](repeating: 0, count: attributes.treeIDs.count)
        }

        /// Lays out one tree and returns the number of its root.
        mutating func add(treeAt root: Int) throws(KernelProblem) -> Int {
            var path: [(place: Int, nextChild: Int)] = []
            try enter(root, &path)
            while let top = path.last {
                guard top.nextChild < 2, attributes.modes[top.place] != .leaf else {
                    states[top.place] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].nextChild += 1
                let child = try place(ofChild: top.nextChild, of: top.place)
                if states[child] == .open {
                    throw KernelProblem(.invalid, "tree \(attributes.treeIDs[child]) has a cycle")
                }
                if states[child] == .unseen { try enter(child, &path) }
                let number = Int32(numbers[child])
                if top.nextChild == 0 {
                    nodes[numbers[top.place]].first = number
                } else {
                    nodes[numbers[top.place]].second = number
                }
            }
            return numbers[root]
        }

        private mutating func enter(_ place: Int, _ path: inout [(place: Int, nextChild: Int)]) throws(KernelProblem) {
            let mode = attributes.modes[place]
            let feature = attributes.features[place]
            if mode != .leaf {
                guard 0 <= feature, feature < NativeLimits.elements else {
                    throw KernelProblem(.invalid, "a tree node reads feature \(feature)")
                }
                featureCount = max(featureCount, feature + 1)
            }
            let added = mode == .leaf ? leafWeights[place] ?? [] : []
            numbers[place] = nodes.count
            states[place] = .open
            nodes.append(
                Node(
                    mode: mode, sendsMissingToTrue: attributes.sendsMissingToTrue[place],
                    feature: mode == .leaf ? 0 : Int32(feature), threshold: attributes.thresholds[place],
                    first: Int32(weights.count), second: Int32(added.count)))
            weights.append(contentsOf: added)
            path.append((place, 0))
        }

        private func place(ofChild child: Int, of place: Int) throws(KernelProblem) -> Int {
            let tree = attributes.treeIDs[place]
            let node = child == 0 ? attributes.trueIDs[place] : attributes.falseIDs[place]
            guard let found = places[Identity(tree: tree, node: node)] else {
                throw KernelProblem(.invalid, "tree \(tree) has a branch to node \(node), which is not there")
            }
            return found
        }
    }
}
