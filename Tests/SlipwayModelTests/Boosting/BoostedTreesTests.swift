import Foundation
import Testing

@testable import SlipwayModel

struct BoostedTreesTests {
    private static let stump = BoostedTrees.Tree(
        nodes: [
            .init(
                feature: 1, condition: .less(0.1), sendsMissingToTrue: true, whenTrue: .leaf(0), whenFalse: .leaf(1),
                cover: 7)
        ], leaves: [.init(value: 1, cover: 3), .init(value: -1, cover: 4)])

    private func graph(_ trees: BoostedTrees) throws -> Graph {
        var builder = ONNXModelBuilder(name: "trees")
        builder.input("input", trees.precision.elementType, width: trees.featureCount)
        let raw = trees.write(to: &builder, reading: "input")
        builder.writePrediction(raw, in: trees.precision, width: trees.targetCount)
        return try ONNXModel(bytes: builder.bytes()).graph()
    }

    @Test func treesOfSinglePrecisionHoldFloats() throws {
        let trees = BoostedTrees(featureCount: 2, targetCount: 1, precision: .float32, trees: [Self.stump])
        let graph = try graph(trees)
        let node = try #require(graph.nodes.first)
        #expect(node.qualifiedOperator == "ai.onnx.ml.TreeEnsemble")
        #expect(graph.opsets == ["": 21, "ai.onnx.ml": 5])
        #expect(node.attributes["nodes_splits"] == .tensor(Tensor(shape: [1], elements: .float32([0.1]))))
        #expect(node.attributes["nodes_hitrates"] == .tensor(Tensor(shape: [1], elements: .float32([7]))))
        #expect(node.attributes["nodes_missing_value_tracks_true"] == .integers([1]))
        #expect(graph.treeCovers == [7, 3, 4])
    }

    @Test func treesOfDoublePrecisionHoldNoHitRates() throws {
        let trees = BoostedTrees(featureCount: 2, targetCount: 1, precision: .float64, trees: [Self.stump])
        let graph = try graph(trees)
        #expect(graph.nodes.first?.attributes["nodes_hitrates"] == nil)
        #expect(
            graph.nodes.first?.attributes["leaf_weights"] == .tensor(Tensor(shape: [2], elements: .float64([1, -1]))))
        #expect(graph.treeCovers == [7, 3, 4])
    }

    @Test func treesBehindOthersPointIntoTheirOwnNodes() throws {
        let alone = BoostedTrees.Tree(target: 1, leaves: [.init(value: 5)])
        let trees = BoostedTrees(
            featureCount: 2, targetCount: 2, precision: .float64, trees: [Self.stump, alone, Self.stump])
        let attributes = try #require(graph(trees).nodes.first?.attributes)
        #expect(attributes["tree_roots"] == .integers([0, 1, 2]))
        #expect(attributes["nodes_truenodeids"] == .integers([0, 2, 4]))
        #expect(attributes["nodes_falsenodeids"] == .integers([1, 3, 5]))
        #expect(attributes["leaf_targetids"] == .integers([0, 0, 1, 1, 0, 0]))
    }

    @Test func theSameTreesGiveTheSameBytes() throws {
        let trees = BoostedTrees(featureCount: 2, targetCount: 1, precision: .float64, trees: [Self.stump])
        #expect(try graph(trees).source == graph(trees).source)
    }

    @Test func treesWithoutCoversHaveNone() throws {
        let trees = BoostedTrees(
            featureCount: 1, targetCount: 1, precision: .float64, trees: [.init(leaves: [.init(value: 1)])])
        #expect(try graph(trees).treeCovers == nil)
    }

    @Test func aSoundTreeHasNoDefect() {
        #expect(Self.stump.defect() == nil)
        #expect(BoostedTrees.Tree(leaves: [.init(value: 1)]).defect() == nil)
    }

    @Test func whatIsNoTreeIsSaid() {
        var tree = Self.stump
        tree.nodes[0].whenTrue = .node(0)
        #expect(tree.defect() == "node 0 is reached twice")
        tree.nodes[0].whenTrue = .node(-1)
        #expect(tree.defect() == "node 0 leads to node -1, and there are 1")
        tree.nodes[0].whenTrue = .leaf(1)
        #expect(tree.defect() == "leaf 1 is reached twice")
        tree.nodes = []
        #expect(tree.defect() == "it has no split and 2 leaves")
    }
}
