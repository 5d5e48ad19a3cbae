extension BoostedTrees {
    /// The most nodes that a model may have, leaves not counted.
    static let nodeCountMax = 20_000_000

    /// Adds the node `TreeEnsemble` (`ai.onnx.ml` 5) that sums the trees.
    ///
    /// What the trees know of their training rows goes into the metadata, see ``Graph/treeCovers``: the node has no
    /// place for the leaves, and ONNX Runtime 1.31 refuses `nodes_hitrates` where thresholds are doubles.
    ///
    /// - Parameters:
    ///   - builder: The model to write to.
    ///   - input: The matrix of features, in the type of ``precision``.
    /// - Returns: The name of the sums, one column per target.
    func write(to builder: inout ONNXModelBuilder, reading input: String) -> String {
        var arrays = Arrays()
        for tree in trees { arrays.append(tree) }
        let output = builder.node(
            "TreeEnsemble", [input], domain: "ai.onnx.ml", attributes: attributes(of: arrays), output: "raw_score")
        let covers = arrays.nodeCovers + arrays.leafCovers
        if covers.contains(where: { $0 != 0 }) {
            builder.note(Graph.treeCoversKey, covers.map(Self.text).joined(separator: " "))
        }
        return output
    }

    private func attributes(of arrays: Arrays) -> [ONNXAttributeProto] {
        var attributes: [ONNXAttributeProto] = [
            .integer("aggregate_function", 1),
            .integers("leaf_targetids", arrays.leafTargets),
            .numbers("leaf_weights", arrays.leafWeights, in: precision),
            .integer("n_targets", Int64(targetCount)),
            .integers("nodes_falseleafs", arrays.falseLeaves),
            .integers("nodes_falsenodeids", arrays.falseIndices),
            .integers("nodes_featureids", arrays.features),
            .integers("nodes_missing_value_tracks_true", arrays.missingTracks),
            .bytes("nodes_modes", arrays.modes),
            .numbers("nodes_splits", arrays.thresholds, in: precision),
            .integers("nodes_trueleafs", arrays.trueLeaves),
            .integers("nodes_truenodeids", arrays.trueIndices),
            .integer("post_transform", 0),
            .integers("tree_roots", arrays.roots),
        ]
        if !arrays.members.isEmpty { attributes.append(.numbers("membership_values", arrays.members, in: precision)) }
        if precision == .float32, arrays.nodeCovers.contains(where: { $0 != 0 }) {
            attributes.append(.numbers("nodes_hitrates", arrays.nodeCovers, in: .float32))
        }
        return attributes
    }

    private static func text(_ cover: Double) -> String {
        Int64(exactly: cover).map { "\($0)" } ?? "\(cover)"
    }
}

/// The attributes of a `TreeEnsemble`, one element per node or leaf.
private struct Arrays {
    private(set) var features: [Int64] = []
    private(set) var modes: [UInt8] = []
    private(set) var thresholds: [Double] = []
    private(set) var missingTracks: [Int64] = []
    private(set) var trueIndices: [Int64] = []
    private(set) var trueLeaves: [Int64] = []
    private(set) var falseIndices: [Int64] = []
    private(set) var falseLeaves: [Int64] = []
    private(set) var nodeCovers: [Double] = []
    private(set) var leafTargets: [Int64] = []
    private(set) var leafWeights: [Double] = []
    private(set) var leafCovers: [Double] = []
    private(set) var members: [Double] = []
    private(set) var roots: [Int64] = []

    mutating func append(_ tree: BoostedTrees.Tree) {
        roots.append(Int64(features.count))
        guard !tree.nodes.isEmpty else { return append(tree.leaves[0], target: tree.target) }
        let (firstNode, firstLeaf) = (features.count, leafTargets.count)
        for node in tree.nodes {
            features.append(Int64(node.feature))
            missingTracks.append(node.sendsMissingToTrue ? 1 : 0)
            nodeCovers.append(node.cover)
            append(node.condition)
            switch node.whenTrue {
            case .node(let index): appendTrue(firstNode + index, isLeaf: false)
            case .leaf(let index): appendTrue(firstLeaf + index, isLeaf: true)
            }
            switch node.whenFalse {
            case .node(let index): appendFalse(firstNode + index, isLeaf: false)
            case .leaf(let index): appendFalse(firstLeaf + index, isLeaf: true)
            }
        }
        for leaf in tree.leaves { appendLeaf(leaf, target: tree.target) }
    }

    /// A tree of one leaf: the operator wants a node at each root, so both sides of one lead to the same value.
    private mutating func append(_ leaf: BoostedTrees.Leaf, target: Int) {
        features.append(0)
        missingTracks.append(0)
        nodeCovers.append(leaf.cover)
        append(.lessOrEqual(0))
        appendTrue(leafTargets.count, isLeaf: true)
        appendFalse(leafTargets.count + 1, isLeaf: true)
        let half = BoostedTrees.Leaf(value: leaf.value, cover: leaf.cover / 2)
        appendLeaf(half, target: target)
        appendLeaf(half, target: target)
    }

    private mutating func append(_ condition: BoostedTrees.Condition) {
        switch condition {
        case .lessOrEqual(let threshold):
            modes.append(0)
            thresholds.append(threshold)
        case .less(let threshold):
            modes.append(1)
            thresholds.append(threshold)
        case .member(let values):
            modes.append(6)
            thresholds.append(0)
            members += values
            // The sets of all nodes lie behind one another, each ended by NaN.
            members.append(.nan)
        }
    }

    private mutating func appendTrue(_ index: Int, isLeaf: Bool) {
        trueIndices.append(Int64(index))
        trueLeaves.append(isLeaf ? 1 : 0)
    }

    private mutating func appendFalse(_ index: Int, isLeaf: Bool) {
        falseIndices.append(Int64(index))
        falseLeaves.append(isLeaf ? 1 : 0)
    }

    private mutating func appendLeaf(_ leaf: BoostedTrees.Leaf, target: Int) {
        leafTargets.append(Int64(target))
        leafWeights.append(leaf.value)
        leafCovers.append(leaf.cover)
    }
}
