import Foundation
import SlipwayTesting
import SwiftProtobuf

@testable import SlipwayModel

/// Trees made by chance, which can be written in the classic form and in that of operator set 5.
struct RandomTrees {
    /// The modes of branches in the classic form; their places are the numbers of the new one, except membership.
    static let modes = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ"]

    /// A node in pre-order.
    struct Node {
        var tree: Int
        var isLeaf = false
        var feature = 0
        var mode = 0
        var threshold: Float = 0
        var tracksMissing = false
        var whenTrue = 0
        var whenFalse = 0
        var weights: [(target: Int, value: Float)] = []
    }

    let targetCount: Int
    private(set) var nodes: [Node] = []
    private(set) var roots: [Int] = []
    private let modes: [Int]
    private let columnCount: Int
    private let weightsPerLeaf: Int

    init(_ graph: inout RandomGraph, columnCount: Int, targetCount: Int, weightsPerLeaf: Int = 1) {
        self.columnCount = columnCount
        self.targetCount = targetCount
        self.weightsPerLeaf = weightsPerLeaf
        // Most models have branches of one mode; fast paths differ by it.
        modes = graph.chance(0.7) ? [graph.below(6)] : [0, 1, 2, 3, 4, 5]
        let hasMissing = graph.chance(0.5)
        let depth = 1 + graph.below(6)
        for tree in 0..<(1 + graph.below(8)) { roots.append(add(&graph, tree, depth, hasMissing)) }
    }

    private mutating func add(_ graph: inout RandomGraph, _ tree: Int, _ depth: Int, _ hasMissing: Bool) -> Int {
        let index = nodes.count
        let isRoot = roots.count == tree && nodes.last?.tree != tree
        nodes.append(Node(tree: tree))
        guard depth > 0, isRoot || graph.chance(0.8) else {
            nodes[index].isLeaf = true
            for _ in 0..<weightsPerLeaf {
                nodes[index].weights.append((graph.below(targetCount), graph.number() / 3))
            }
            return index
        }
        nodes[index].feature = graph.below(columnCount)
        nodes[index].mode = graph.pick(modes)
        nodes[index].threshold = graph.number()
        nodes[index].tracksMissing = hasMissing && graph.chance(0.5)
        nodes[index].whenTrue = add(&graph, tree, depth - 1, hasMissing)
        nodes[index].whenFalse = add(&graph, tree, depth - 1, hasMissing)
        return index
    }

    /// Writes `TreeEnsemble` and returns the name of its scores.
    func addUnified(to graph: inout RandomGraph, reading value: String) -> String {
        let branches = nodes.indices.filter { !nodes[$0].isLeaf }
        let leaves = nodes.indices.filter { nodes[$0].isLeaf }
        let branchPlaces = Dictionary(uniqueKeysWithValues: branches.enumerated().map { ($1, $0) })
        let leafPlaces = Dictionary(uniqueKeysWithValues: leaves.enumerated().map { ($1, $0) })
        func place(_ index: Int) -> Int64 { Int64(branchPlaces[index] ?? leafPlaces[index] ?? 0) }
        func isLeaf(_ index: Int) -> Int64 { nodes[index].isLeaf ? 1 : 0 }
        return graph.builder.node(
            "TreeEnsemble", [value], domain: "ai.onnx.ml",
            attributes: [
                .integer("aggregate_function", Int64(graph.below(4))),
                .integer("n_targets", Int64(targetCount)),
                .integer("post_transform", targetCount > 1 ? Int64(graph.below(3)) : 0),
                .integers("tree_roots", roots.map(place)),
                .integers("nodes_featureids", branches.map { Int64(nodes[$0].feature) }),
                .bytes("nodes_modes", branches.map { UInt8(nodes[$0].mode) }),
                .numbers("nodes_splits", branches.map { Double(nodes[$0].threshold) }, in: .float32),
                .integers("nodes_missing_value_tracks_true", branches.map { nodes[$0].tracksMissing ? 1 : 0 }),
                .integers("nodes_truenodeids", branches.map { place(nodes[$0].whenTrue) }),
                .integers("nodes_trueleafs", branches.map { isLeaf(nodes[$0].whenTrue) }),
                .integers("nodes_falsenodeids", branches.map { place(nodes[$0].whenFalse) }),
                .integers("nodes_falseleafs", branches.map { isLeaf(nodes[$0].whenFalse) }),
                .integers("leaf_targetids", leaves.map { Int64(nodes[$0].weights[0].target) }),
                .numbers("leaf_weights", leaves.map { Double(nodes[$0].weights[0].value) }, in: .float32),
            ])
    }

    /// The attributes of the classic form.
    ///
    /// - Parameter prefix: What the names of the weights begin with: `class` or `target`.
    func classicAttributes(_ prefix: String) -> [ONNXAttributeProto] {
        let firsts = roots
        func id(_ index: Int) -> Int64 { Int64(index - firsts[nodes[index].tree]) }
        let places = nodes.indices
        let weights = places.flatMap { place in nodes[place].weights.map { (place, $0.target, $0.value) } }
        let ids = prefix == "class" ? "class_ids" : "target_ids"
        return [
            .integers("nodes_treeids", places.map { Int64(nodes[$0].tree) }),
            .integers("nodes_nodeids", places.map(id)),
            .integers("nodes_featureids", places.map { Int64(nodes[$0].feature) }),
            .floats("nodes_values", places.map { nodes[$0].threshold }),
            .texts("nodes_modes", places.map { nodes[$0].isLeaf ? "LEAF" : Self.modes[nodes[$0].mode] }),
            .integers("nodes_missing_value_tracks_true", places.map { nodes[$0].tracksMissing ? 1 : 0 }),
            .integers("nodes_truenodeids", places.map { nodes[$0].isLeaf ? 0 : id(nodes[$0].whenTrue) }),
            .integers("nodes_falsenodeids", places.map { nodes[$0].isLeaf ? 0 : id(nodes[$0].whenFalse) }),
            .integers("\(prefix)_treeids", weights.map { Int64(nodes[$0.0].tree) }),
            .integers("\(prefix)_nodeids", weights.map { id($0.0) }),
            .integers(ids, weights.map { Int64($0.1) }),
            .floats("\(prefix)_weights", weights.map(\.2)),
        ]
    }
}

extension RandomGraph {
    /// An ensemble of operator set 5.
    mutating func addTrees() {
        let width = 1 + below(5)
        builder.input("x", .float32, width: width)
        let trees = RandomTrees(&self, columnCount: width, targetCount: 1 + below(3))
        builder.output(trees.addUnified(to: &self, reading: "x"), .float32, width: trees.targetCount)
    }

    /// A regressor or classifier of the operator sets before.
    mutating func addClassicTrees() {
        machineLearning = 3
        let width = 1 + below(5)
        builder.input("x", .float32, width: width)
        let isClassifier = chance(0.5)
        let targets = isClassifier ? 2 + below(3) : 1 + below(3)
        // Two classes may share one weight per leaf, as boosters write it.
        let weightsPerLeaf = targets > 1 && chance(0.5) ? 2 : 1
        let trees = RandomTrees(&self, columnCount: width, targetCount: targets, weightsPerLeaf: weightsPerLeaf)
        let transform = ONNXAttributeProto.text(
            "post_transform", pick(["NONE", "NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO"]))
        let base = chance(0.4) ? [ONNXAttributeProto.floats("base_values", numbers(targets))] : []
        if isClassifier {
            let attributes =
                trees.classicAttributes("class") + base + [
                    transform, .integers("classlabels_int64s", (0..<targets).map { Int64($0 * 3) }),
                ]
            builder.classifier(attributes, width: targets)
        } else {
            let attributes =
                trees.classicAttributes("target") + base + [
                    transform, .integer("n_targets", Int64(targets)),
                    .text("aggregate_function", pick(["SUM", "AVERAGE", "MIN", "MAX"])),
                ]
            let scores = builder.node(
                "TreeEnsembleRegressor", ["x"], domain: "ai.onnx.ml", attributes: attributes)
            builder.output(scores, .float32, width: targets)
        }
    }
}

extension ONNXModelBuilder {
    /// Adds a `TreeEnsembleClassifier`; ``RandomGraph/bytes(_:seed:)`` gives the node its second output.
    fileprivate mutating func classifier(_ attributes: [ONNXAttributeProto], width: Int) {
        node("TreeEnsembleClassifier", ["x"], domain: "ai.onnx.ml", attributes: attributes, output: "label")
        output("label", .int64, width: nil)
        output("scores", .float32, width: width)
    }
}
