import SlipwayEngines
import SlipwayModel
import Testing

/// Trials of the native engine against a copy of it with a fault put in.
struct ParityTrialTests {
    /// The native engine with every node changed before a graph is loaded.
    private struct ChangedEngine: InferenceEngine {
        let name = "changed"
        let change: @Sendable (inout Node) -> Void

        func support(for graph: Graph) -> EngineSupport { NativeEngine().support(for: graph) }

        func load(_ graph: Graph) throws(ModelError) -> any Predictor {
            var changed = graph
            for index in changed.nodes.indices { change(&changed.nodes[index]) }
            return try NativeEngine().load(changed)
        }
    }

    /// A number is scaled, and a tree of one split chooses between two leaves.
    private static func graph(leaves: [Float]) -> Graph {
        let tree: [String: Attribute] = [
            "nodes_treeids": .integers([0, 0, 0]), "nodes_nodeids": .integers([0, 1, 2]),
            "nodes_featureids": .integers([0, 0, 0]), "nodes_modes": .strings(["BRANCH_LEQ", "LEAF", "LEAF"]),
            "nodes_values": .floats([0.5, 0, 0]), "nodes_truenodeids": .integers([1, 0, 0]),
            "nodes_falsenodeids": .integers([2, 0, 0]), "target_treeids": .integers([0, 0]),
            "target_nodeids": .integers([1, 2]), "target_ids": .integers([0, 0]), "target_weights": .floats(leaves),
            "n_targets": .integer(1),
        ]
        return Graph(
            name: "scaled tree", inputs: [GraphValue(name: "x", type: .tensor(.float32, shape: [nil, 1]))],
            outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: [nil, 1]))],
            nodes: [
                Node(
                    name: "scale", operatorName: "Scaler", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["scaled"],
                    attributes: ["offset": .floats([3]), "scale": .floats([0.37])]),
                Node(
                    name: "trees", operatorName: "TreeEnsembleRegressor", domain: "ai.onnx.ml", inputs: ["scaled"],
                    outputs: ["y"], attributes: tree),
            ], initializers: [:], opsets: ["": 21, "ai.onnx.ml": 3])
    }

    private func report(
        leaves: [Float], budget: Duration = .seconds(600), change: @escaping @Sendable (inout Node) -> Void
    ) throws -> ParityReport {
        let graph = Self.graph(leaves: leaves)
        return try ParityTrial(
            graph: graph, signature: Signature(deriving: graph), golden: [],
            engines: [NativeEngine(), ChangedEngine(change: change)], budget: budget
        ).run()
    }

    /// Multiplies the leaves of the tree.
    private static func multiplyLeaves(_ node: inout Node, by factor: Float) {
        guard case .floats(let weights)? = node.attributes["target_weights"] else { return }
        node.attributes["target_weights"] = .floats(weights.map { $0 * factor })
    }

    /// Scales by the next larger number: as far as engines that round otherwise are apart.
    private static func scaleOneUnitMore(_ node: inout Node) {
        guard case .floats(let scale)? = node.attributes["scale"] else { return }
        node.attributes["scale"] = .floats(scale.map(\.nextUp))
    }

    @Test(
        arguments: [[1e-12, 2e-12], [1e-7, 3e-7], [-0.01, 0.02], [1, 2], [-3e7, 1e9], [1e30, -2e30]] as [[Float]])
    func aFaultOfOneTenThousandthIsFoundHoweverLargeTheAnswersAre(leaves: [Float]) throws {
        let report = try report(leaves: leaves) { Self.multiplyLeaves(&$0, by: 1.0001) }
        #expect(report.disagreement?.node?.contains("trees") == true, "\(report.sentence)")
    }

    @Test func aBoundaryCrossedByRoundingIsNoFault() throws {
        let report = try report(leaves: [1, 2]) { Self.scaleOneUnitMore(&$0) }
        #expect(report.disagreement == nil, "\(report.sentence)")
        #expect(report.roundingCount > 0)
    }

    @Test func roundingBeforeANodeDoesNotHideAFaultWithinIt() throws {
        let report = try report(leaves: [1, 2]) { node in
            Self.scaleOneUnitMore(&node)
            Self.multiplyLeaves(&node, by: 1.001)
        }
        #expect(report.disagreement?.node?.contains("trees") == true, "\(report.sentence)")
    }

    @Test func aSlowModelIsAskedAboutFewerRowsAndTheReportSaysSo() throws {
        let whole = try report(leaves: [1, 2]) { _ in }
        #expect(!whole.isShortened)
        #expect(!whole.sentence.contains("slow"))
        let short = try report(leaves: [1, 2], budget: .zero) { _ in }
        #expect(short.isShortened)
        #expect(short.sentence.contains("no more, since the model is slow"))
        #expect(short.edgeRowCount < whole.edgeRowCount)
        #expect(short.edgeRowCount <= 40)
        #expect(short.boundaryCount == 1)
    }
}
