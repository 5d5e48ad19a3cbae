import SlipwayModel

/// The attributes of `TreeEnsemble` in operator set 5, read and checked for length.
struct UnifiedAttributes {
    private let roots: [Int]
    private let features: [Int]
    private let comparisons: [DecisionForest.Comparison]
    private let splits: [Double]
    private let trueIDs: [Int]
    private let falseIDs: [Int]
    private let trueLeaves: [Int]
    private let falseLeaves: [Int]
    private let sendsMissingToTrue: [Int]
    /// Covers of branches, or of branches and leaves; empty when they are not known.
    private let covers: [Double]
    private let leafTargets: [Int]
    private let leafWeights: [Double]
    private let memberValues: [Double]
    /// The precision of splits and weights.
    let precision: DecisionForest.Precision

    /// Reads a node.
    init(_ context: NodeContext, covers given: [Double]) throws(KernelProblem) {
        roots = try context.integers("tree_roots") ?? []
        guard !roots.isEmpty else { throw KernelProblem(.invalid, "there are no trees") }
        features = try context.integers("nodes_featureids") ?? []
        let count = features.count
        leafTargets = try context.integers("leaf_targetids") ?? []
        guard roots.count <= NativeLimits.treeNodes, count + leafTargets.count <= NativeLimits.treeNodes else {
            throw KernelProblem(.tooLarge, "\(count) tree nodes and their leaves are above \(NativeLimits.treeNodes)")
        }
        let splits = try Self.tensor(context, "nodes_splits", count)
        let weights = try Self.tensor(context, "leaf_weights", leafTargets.count)
        precision = [splits.elementType, weights.elementType].contains(.float64) ? .float64 : .float32
        self.splits = try splits.numbers(as: Double.self)
        leafWeights = try weights.numbers(as: Double.self)
        comparisons = try Self.comparisons(Self.tensor(context, "nodes_modes", count))
        trueIDs = try Self.integers(context, "nodes_truenodeids", count)
        falseIDs = try Self.integers(context, "nodes_falsenodeids", count)
        trueLeaves = try Self.integers(context, "nodes_trueleafs", count)
        falseLeaves = try Self.integers(context, "nodes_falseleafs", count)
        let missing = "nodes_missing_value_tracks_true"
        let tracks = try context.integers(missing) ?? []
        sendsMissingToTrue = tracks.isEmpty ? [] : try Self.integers(context, missing, count)
        let hitRates = try context.tensor("nodes_hitrates")?.numbers(as: Double.self) ?? []
        covers = given.count == count + leafTargets.count ? given : hitRates.count == count ? hitRates : []
        memberValues = try context.tensor("membership_values")?.numbers(as: Double.self) ?? []
        guard memberValues.count <= NativeLimits.elements else {
            throw KernelProblem(.tooLarge, "\(memberValues.count) members are above \(NativeLimits.elements)")
        }
    }

    private static func integers(_ context: NodeContext, _ name: String, _ count: Int) throws(KernelProblem) -> [Int] {
        let found = try context.integers(name) ?? []
        guard found.count == count else {
            throw KernelProblem(.invalid, "attribute '\(name)' has \(found.count) elements instead of \(count)")
        }
        return found
    }

    private static func tensor(_ context: NodeContext, _ name: String, _ count: Int) throws(KernelProblem) -> Tensor {
        guard let tensor = try context.tensor(name) else {
            throw KernelProblem(.invalid, "attribute '\(name)' is missing")
        }
        guard tensor.count == count else {
            throw KernelProblem(.invalid, "attribute '\(name)' has \(tensor.count) elements instead of \(count)")
        }
        return tensor
    }

    private static func comparisons(_ modes: Tensor) throws(KernelProblem) -> [DecisionForest.Comparison] {
        let numbered: [DecisionForest.Comparison] = [
            .lessOrEqual, .less, .greaterOrEqual, .greater, .equal, .notEqual, .member,
        ]
        var found: [DecisionForest.Comparison] = []
        for mode in try modes.array(of: Int64.self) {
            guard 0 <= mode, mode < numbered.count else {
                throw KernelProblem(.unsupported, "tree node mode \(mode) is not covered")
            }
            found.append(numbered[Int(mode)])
        }
        return found
    }
}

extension UnifiedAttributes {
    /// Links nodes with their branches: leaves stand behind all branches.
    ///
    /// - Throws: ``KernelProblem`` for a root or target out of range, and when sets of members are missing.
    func parts(targetCount: Int) throws(KernelProblem) -> ForestParts {
        let sets = try memberSets()
        var nodes: [DecisionForest.Node] = []
        nodes.reserveCapacity(features.count + leafTargets.count)
        for place in features.indices {
            var node = DecisionForest.Node(comparison: comparisons[place])
            node.feature = Int32(clamping: features[place])
            node.members = sets.ranges[place]
            node.threshold = comparisons[place] == .member ? 0 : splits[place]
            node.sendsMissingToTrue = !sendsMissingToTrue.isEmpty && sendsMissingToTrue[place] != 0
            node.whenTrue = self.place(of: trueIDs[place], isLeaf: trueLeaves[place] != 0)
            node.whenFalse = self.place(of: falseIDs[place], isLeaf: falseLeaves[place] != 0)
            nodes.append(node)
        }
        var weights: [DecisionForest.Weight] = []
        weights.reserveCapacity(leafTargets.count)
        for (leaf, target) in leafTargets.enumerated() {
            guard 0 <= target, target < targetCount else {
                throw KernelProblem(.invalid, "a leaf is for target \(target) of \(targetCount)")
            }
            nodes.append(DecisionForest.Node(comparison: nil, weights: Int32(leaf)..<Int32(leaf) + 1))
            weights.append(.init(target: Int32(target), value: leafWeights[leaf]))
        }
        for (place, cover) in covers.enumerated() { nodes[place].cover = cover }
        return ForestParts(
            nodes: nodes, roots: try rootPlaces(nodes), weights: weights, memberValues: sets.values,
            danglingBranch: { place, isTrue in
                let isLeaf = (isTrue ? trueLeaves[place] : falseLeaves[place]) != 0
                let child = isTrue ? trueIDs[place] : falseIDs[place]
                return "node \(place) has a branch to \(isLeaf ? "leaf" : "node") \(child), which is not there"
            }, treeName: { "the tree of node \($0)" })
    }

    /// The place of a branch or leaf; -1 when it is out of range.
    private func place(of child: Int, isLeaf: Bool) -> Int32 {
        guard 0 <= child, child < (isLeaf ? leafTargets.count : features.count) else { return -1 }
        return Int32(isLeaf ? features.count + child : child)
    }

    /// A root both of whose branches are one leaf stands for that leaf.
    private func rootPlaces(_ nodes: [DecisionForest.Node]) throws(KernelProblem) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(roots.count)
        for root in roots {
            guard features.indices.contains(root) else {
                throw KernelProblem(.invalid, "a tree begins at node \(root), which is not there")
            }
            let node = nodes[root]
            let isLeaf = node.whenTrue == node.whenFalse && Int(node.whenTrue) >= features.count
            places.append(isLeaf ? Int(node.whenTrue) : root)
        }
        return places
    }

    /// The members of each node that asks for some; in the file NaN ends a set, and the last may go without.
    private func memberSets() throws(KernelProblem) -> (ranges: [Range<Int32>], values: [Double]) {
        var ranges = [Range<Int32>](repeating: 0..<0, count: comparisons.count)
        var values: [Double] = []
        var next = 0
        for place in comparisons.indices where comparisons[place] == .member {
            guard next < memberValues.count else {
                throw KernelProblem(.invalid, "attribute 'membership_values' has no set for node \(place)")
            }
            let start = Int32(values.count)
            while next < memberValues.count, !memberValues[next].isNaN {
                values.append(memberValues[next])
                next += 1
            }
            next += 1
            ranges[place] = start..<Int32(values.count)
        }
        return (ranges, values)
    }
}
