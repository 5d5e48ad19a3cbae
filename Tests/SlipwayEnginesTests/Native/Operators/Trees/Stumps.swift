import SlipwayModel

@testable import SlipwayEngines

/// Trees of one branch each, all of one feature: `x <= threshold`, then the tree's number, else a third.
struct Stumps {
    let thresholds: [Float]

    func forest() throws -> DecisionForest {
        let count = thresholds.count
        let weights = (0..<count).flatMap { [Float]([Float($0), 1 / 3]) }
        let even = (0..<count).map { Int64(2 * $0) }
        let ones = [Int64](repeating: 1, count: count)
        let attributes: [String: Attribute] = [
            "n_targets": .integer(1), "tree_roots": .integers((0..<count).map { Int64($0) }),
            "nodes_featureids": .integers([Int64](repeating: 0, count: count)),
            "nodes_splits": .tensor(Tensor(shape: [count], elements: .float32(thresholds))),
            "nodes_modes": .tensor(Tensor(shape: [count], elements: .int64([Int64](repeating: 0, count: count)))),
            "nodes_truenodeids": .integers(even), "nodes_trueleafs": .integers(ones),
            "nodes_falsenodeids": .integers(even.map { $0 + 1 }), "nodes_falseleafs": .integers(ones),
            "leaf_targetids": .integers([Int64](repeating: 0, count: 2 * count)),
            "leaf_weights": .tensor(Tensor(shape: [2 * count], elements: .float32(weights))),
        ]
        let node = Node(
            name: "stumps", operatorName: "TreeEnsemble", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["y"],
            attributes: attributes)
        return try DecisionForest(NodeContext(node: node, opset: 5))
    }
}
