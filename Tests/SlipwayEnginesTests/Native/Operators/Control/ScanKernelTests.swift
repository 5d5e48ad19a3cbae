import SlipwayEngines
import SlipwayModel
import Testing

struct ScanKernelTests {
    /// Rows of `x` and rows of `y`, each pair multiplied.
    private static let graph: Graph = {
        let body = Subgraph(
            inputs: ["a", "b"], outputs: ["product"],
            nodes: [Node(name: "times", operatorName: "Mul", inputs: ["a", "b"], outputs: ["product"])],
            opsets: ["": 18])
        let node = Node(
            name: "the scan", operatorName: "Scan", inputs: ["x", "y"], outputs: ["z"],
            attributes: ["num_scan_inputs": .integer(2)], hasSubgraph: true, subgraphs: ["body": body])
        let values = ["x", "y"].map { GraphValue(name: $0, type: .tensor(.float32, shape: nil)) }
        return Graph(
            name: "scan", inputs: values, outputs: [GraphValue(name: "z", type: .tensor(.float32, shape: nil))],
            nodes: [node], initializers: [:], opsets: ["": 18])
    }()

    @Test func theResultsOfAllRoundsAreStacked() throws {
        let predictor = try NativeEngine().load(Self.graph)
        let answer = try predictor.predict(["x": .floats([1, 2, 3, 4], 2, 2), "y": .floats([10, 100], 2)])
        #expect(answer[0].tensor == .floats([10, 20, 300, 400], 2, 2))
    }

    @Test(arguments: [Tensor.floats([1, 2, 3], 3), .floats([], 0), Tensor(shape: [], elements: .float32([1]))])
    func slicesThatDoNotGoTogetherAreRefused(_ other: Tensor) throws {
        let predictor = try NativeEngine().load(Self.graph)
        #expect(throws: ModelError.self) { try predictor.predict(["x": .floats([1, 2, 3, 4], 2, 2), "y": other]) }
    }
}
