import Testing

@testable import SlipwayModel

struct GraphSummaryTests {
    @Test func treesAndTheirLeavesAreCounted() throws {
        let node = Node(
            name: "trees", operatorName: "TreeEnsembleRegressor", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["y"],
            attributes: [
                "nodes_treeids": .integers([0, 0, 0, 3]),
                "nodes_modes": .strings(["BRANCH_LEQ", "LEAF", "LEAF", "LEAF"]),
            ])
        let cast = Node(name: "a", operatorName: "Cast", inputs: ["y"], outputs: ["z"])
        let graph = SignatureFixtures.wide(2, metadata: ["producer_name": "p"], nodes: [cast, node, cast])
        let summary = GraphSummary(graph)
        #expect(summary.treeCount == 2 && summary.leafCount == 3)
        #expect(summary.operators.map(\.name) == ["Cast", "ai.onnx.ml.TreeEnsembleRegressor"])
        #expect(summary.operators.map(\.count) == [2, 1])
        #expect(summary.producer == "p")
    }

    @Test func bothFormsOfTreesOfOneModelAreCountedAlike() throws {
        let unified = try GraphSummary(SignatureFixtures.graph("graph-tree-unified"))
        #expect(unified.treeCount > 0 && unified.leafCount > unified.treeCount)
        let linear = try GraphSummary(SignatureFixtures.graph("linear-regression"))
        #expect(linear.treeCount == 0 && linear.leafCount == 0)
    }
}
