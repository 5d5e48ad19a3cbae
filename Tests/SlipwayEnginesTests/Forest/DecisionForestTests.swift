import SlipwayModel
import Testing

@testable import SlipwayEngines

struct DecisionForestTests {
    /// Two trees of operator set 5: `x1 < 2` under `x0 in {1, 3}`, and a leaf alone.
    private static let trees: [String: Attribute] = [
        "n_targets": .integer(2), "tree_roots": .integers([0, 2]), "nodes_featureids": .integers([0, 1, 0]),
        "nodes_modes": .tensor(.integers([6, 1, 0])), "nodes_splits": .tensor(.doubles([0, 2, 0])),
        "membership_values": .tensor(.doubles([1, 3, .nan])), "nodes_truenodeids": .integers([1, 0, 3]),
        "nodes_trueleafs": .integers([0, 1, 1]), "nodes_falsenodeids": .integers([2, 1, 3]),
        "nodes_falseleafs": .integers([1, 1, 1]), "leaf_targetids": .integers([0, 1, 0, 1]),
        "leaf_weights": .tensor(.doubles([0.5, 1.5, 2.5, 3.5])), "nodes_hitrates": .tensor(.doubles([10, 6, 0])),
    ]

    private func forest(
        _ changes: [String: Attribute] = [:], covers: [Double] = []
    ) throws(KernelProblem) -> DecisionForest {
        let node = Node(
            name: "trees", operatorName: "TreeEnsemble", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["y"],
            attributes: Self.trees.merging(changes) { $1 })
        return try DecisionForest(NodeContext(node: node, opset: 5), covers: covers)
    }

    @Test
    func eachTreeStandsTogetherInPreOrder() throws {
        let forest = try forest()
        #expect(forest.roots == [0, 5])
        #expect(forest.nodes.map(\.comparison) == [.member, .less, nil, nil, nil, nil])
        #expect(forest.nodes[0].whenTrue == 1 && forest.nodes[0].whenFalse == 4)
        #expect(forest.memberValues == [1, 3] && forest.nodes[0].members == 0..<2)
        #expect(forest.precision == .float64 && forest.featureCount == 2)
    }

    @Test
    func theAttributesGiveCoversToBranchesAlone() throws {
        #expect(try forest().nodes.map(\.cover) == [10, 6, 0, 0, 0, 0])
    }

    @Test
    func coversGivenForBranchesAndLeavesWin() throws {
        let forest = try forest(covers: [10, 7, 0, 5, 2, 3, 9])
        #expect(forest.nodes.map(\.cover) == [10, 7, 5, 2, 3, 9])
    }

    @Test(arguments: [
        ("tree_roots", Attribute.integers([0, 3]), "begins at node 3"),
        ("tree_roots", .integers([]), "no trees"),
        ("nodes_truenodeids", .integers([0, 0, 3]), "cycle"),
        ("nodes_truenodeids", .integers([1, 9, 3]), "leaf 9"),
        ("membership_values", .tensor(.doubles([])), "no set for node 0"),
        ("leaf_targetids", .integers([0, 1, 2, 1]), "target 2 of 2"),
        ("nodes_splits", .tensor(.doubles([0])), "'nodes_splits' has 1 elements instead of 3"),
        ("n_targets", .integer(0), "0 targets"),
        ("aggregate_function", .integer(4), "aggregate_function 4"),
        ("post_transform", .integer(-1), "post_transform -1"),
    ])
    func brokenAttributesAreRefused(_ name: String, _ value: Attribute, _ words: String) throws {
        let problem = try #require(throws: KernelProblem.self) { try forest([name: value]) }
        #expect(problem.kind == .invalid)
        #expect(problem.message.contains(words), "\(problem.message)")
    }

    @Test
    func treesThatShareARootAreWalkedTwice() throws {
        let forest = try forest(["tree_roots": .integers([0, 0])])
        #expect(forest.roots == [0, 5])
        #expect(forest.nodes.count == 10)
    }
}
