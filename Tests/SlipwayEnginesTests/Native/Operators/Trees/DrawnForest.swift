import SlipwayData
import SlipwayModel

@testable import SlipwayEngines

/// Forests drawn at random, with everything in them that a path could stumble over.
struct DrawnForest {
    private static let specials: [Double] = [
        0, -0.0, 1, -1, 0.5, .infinity, -.infinity, .nan, Double(Float.leastNonzeroMagnitude), 1e30, 3,
    ]

    private var random: SplitMix64
    private let isDouble: Bool
    private let featureCount: Int
    private let comparisons: [Int64]
    private let targetCount: Int
    private var features: [Int64] = []
    private var modes: [Int64] = []
    private var splits: [Double] = []
    private var missing: [Int64] = []
    private var children: [(first: (Int, Bool), second: (Int, Bool))] = []
    private var roots: [Int64] = []
    private var leafTargets: [Int64] = []
    private var leafWeights: [Double] = []
    private var members: [Double] = []

    /// Draws a forest.
    ///
    /// - Parameter leafLimit: The most leaves of a tree.
    init(seed: UInt64, isDouble: Bool, leafLimit: Int) {
        random = SplitMix64(seed: seed)
        self.isDouble = isDouble
        featureCount = Int(seed % 5) + 1
        targetCount = [1, 1, 3][Int(seed % 3)]
        // Many models know one comparison only, and those take shorter ways.
        comparisons = [[0], [1], [0, 1, 2, 3], [0, 1, 2, 3, 4, 5, 6], [3], [0, 0, 0, 0, 6]][Int(seed / 3 % 6)]
        let mostTrees = [3, 12, 45][Int(seed % 3)]
        for _ in 0...below(mostTrees) { addTree(leafCount: 1 + below(leafLimit), isChain: below(4) == 0) }
    }

    /// A number from 0 on.
    mutating func below(_ limit: Int) -> Int {
        Int.random(in: 0..<max(limit, 1), using: &random)
    }

    private mutating func number() -> Double {
        if below(8) == 0 { return Self.specials[below(Self.specials.count)] }
        let value = Double(below(41) - 20) / (below(2) == 0 ? 4 : 3)
        return isDouble ? value : Double(Float(value))
    }

    private mutating func addTree(leafCount: Int, isChain: Bool) {
        let target = Int64(below(targetCount))
        roots.append(Int64(features.count))
        let (place, isLeaf) = addNode(leafCount: leafCount, isChain: isChain, target: target)
        guard isLeaf else { return }
        // A tree that is a leaf is a node that leads to it both ways.
        addBranch(first: (place, true), second: (place, true))
    }

    private mutating func addNode(leafCount: Int, isChain: Bool, target: Int64) -> (Int, Bool) {
        guard leafCount > 1 else {
            leafTargets.append(below(6) == 0 ? Int64(below(targetCount)) : target)
            leafWeights.append(isDouble ? number().finite : Double(Float(number().finite / 7)))
            return (leafTargets.count - 1, true)
        }
        let place = addBranch(first: (0, true), second: (0, true))
        let low = isChain ? 1 : 1 + below(leafCount - 1)
        children[place].first = addNode(leafCount: low, isChain: isChain, target: target)
        children[place].second = addNode(leafCount: leafCount - low, isChain: isChain, target: target)
        return (place, false)
    }

    @discardableResult
    private mutating func addBranch(first: (Int, Bool), second: (Int, Bool)) -> Int {
        features.append(Int64(below(featureCount)))
        modes.append(comparisons[below(comparisons.count)])
        splits.append(number())
        missing.append(Int64(below(2)))
        children.append((first, second))
        return features.count - 1
    }

    private func tensor(_ values: [Double]) -> Attribute {
        .tensor(
            isDouble
                ? Tensor(shape: [values.count], elements: .float64(values))
                : Tensor(shape: [values.count], elements: .float32(values.map { Float($0) })))
    }

    /// The forest.
    mutating func forest() throws -> DecisionForest {
        for _ in 0..<modes.count(where: { $0 == 6 }) {
            for _ in 0...below(4) { members.append(number().finite) }
            members.append(.nan)
        }
        let attributes: [String: Attribute] = [
            "aggregate_function": .integer(Int64([1, 1, 1, 0, 2, 3][below(6)])), "post_transform": .integer(0),
            "n_targets": .integer(Int64(targetCount)), "tree_roots": .integers(roots),
            "nodes_featureids": .integers(features), "nodes_splits": tensor(splits),
            "nodes_modes": .tensor(Tensor(shape: [modes.count], elements: .int64(modes))),
            "nodes_missing_value_tracks_true": .integers(missing), "membership_values": tensor(members),
            "nodes_truenodeids": .integers(children.map { Int64($0.first.0) }),
            "nodes_trueleafs": .integers(children.map { $0.first.1 ? 1 : 0 }),
            "nodes_falsenodeids": .integers(children.map { Int64($0.second.0) }),
            "nodes_falseleafs": .integers(children.map { $0.second.1 ? 1 : 0 }),
            "leaf_targetids": .integers(leafTargets), "leaf_weights": tensor(leafWeights),
        ]
        let node = Node(
            name: "trees", operatorName: "TreeEnsemble", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["y"],
            attributes: attributes)
        return try DecisionForest(NodeContext(node: node, opset: 5))
    }

    /// Rows whose values lie on, beside and between thresholds; they may be wider than the trees need.
    mutating func rows(_ count: Int, width: Int) -> [Double] {
        (0..<count * width).map { _ in
            let value = number()
            switch below(6) {
            case 0: return isDouble ? value.nextUp : Double(Float(value).nextUp)
            case 1: return isDouble ? value.nextDown : Double(Float(value).nextDown)
            default: return value
            }
        }
    }
}

extension Double {
    /// The number, or 2 instead of one that is not finite.
    fileprivate var finite: Double { isFinite ? self : 2 }
}
