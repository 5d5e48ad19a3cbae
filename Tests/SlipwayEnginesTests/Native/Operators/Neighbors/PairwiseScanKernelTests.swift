import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct PairwiseScanKernelTests {
    /// A scan over the rows of `y` with all of `x` at hand, as exporters write it.
    ///
    /// - Parameter foldsTwice: Whether a step that changes no value keeps the graph from being known.
    private static func graph(_ names: [String], type: ElementType = .float32, foldsTwice: Bool = false) -> Graph {
        var nodes = [Node(name: "same", operatorName: "Identity", inputs: ["all"], outputs: ["next"])]
        var value = "one"
        for (index, name) in names.enumerated() {
            let inputs = name == "Sub" ? ["all", "one"] : name.hasPrefix("Reduce") ? [value, "axes"] : [value]
            let attributes: [String: Attribute] = name.hasPrefix("Reduce") ? ["keepdims": .integer(0)] : [:]
            value = "value\(index)"
            nodes.append(
                Node(
                    name: value, operatorName: name, inputs: inputs, outputs: [value], attributes: attributes))
        }
        nodes.append(
            Node(name: "last", operatorName: foldsTwice ? "Abs" : "Identity", inputs: [value], outputs: ["sums"]))
        let body = Subgraph(
            inputs: ["all", "one"], outputs: ["next", "sums"], nodes: nodes, initializers: ["axes": .integers([1])],
            opsets: ["": 18])
        let scan = Node(
            name: "the scan", operatorName: "Scan", inputs: ["x", "y"], outputs: ["z", "sums"],
            attributes: ["num_scan_inputs": .integer(1)], hasSubgraph: true, subgraphs: ["body": body])
        return Graph(
            name: "scan", inputs: ["x", "y"].map { GraphValue(name: $0, type: .tensor(type, shape: nil)) },
            outputs: ["z", "sums"].map { GraphValue(name: $0, type: .tensor(type, shape: nil)) }, nodes: [scan],
            initializers: [:], opsets: ["": 18])
    }

    private static func floats(_ count: Int, seed: UInt64) -> [Float] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Float.random(in: -9...9, using: &random) }
    }

    @Test(
        arguments: [["Sub", "ReduceSumSquare"], ["Sub", "ReduceL1"], ["Sub", "Abs", "ReduceSum"]], [1, 3, 4, 300])
    func itGivesBitForBitWhatItsNodesGive(_ names: [String], _ rows: Int) throws {
        let inputs = [
            "x": Tensor.floats(Self.floats(rows * 5, seed: 1), rows, 5),
            "y": .floats(Self.floats(7 * 5, seed: 2), 7, 5),
        ]
        let plan = try PlanBuilder(Self.graph(names)).finish()
        #expect(plan.steps[0].kernel is PairwiseScanKernel)
        let plain = try PlanBuilder(Self.graph(names, foldsTwice: true)).finish()
        #expect(plain.steps[0].kernel is ScanKernel)
        #expect(try plan.run(inputs).map(\.tensor) == plain.run(inputs).map(\.tensor))
    }

    @Test func doublesAreSummedAsTheyAre() throws {
        let predictor = try NativeEngine().load(Self.graph(["Sub", "ReduceSumSquare"], type: .float64))
        let answer = try predictor.predict(["x": .doubles([1, 2], 1, 2), "y": .doubles([1, 2, 4, 6], 2, 2)])
        #expect(answer[1].tensor == .doubles([0, 25], 2, 1))
    }

    @Test(arguments: [Tensor.floats([1, 2, 3], 1, 3), .floats([], 0, 2)])
    func whatDoesNotFitIsRefused(_ other: Tensor) throws {
        let predictor = try NativeEngine().load(Self.graph(["Sub", "ReduceSumSquare"]))
        #expect(throws: ModelError.self) { try predictor.predict(["x": .floats([1, 2, 3, 4], 2, 2), "y": other]) }
    }

    @Test func aSingleColumnIsStretchedOverTheOther() throws {
        let predictor = try NativeEngine().load(Self.graph(["Sub", "ReduceSumSquare"]))
        let answer = try predictor.predict(["x": .floats([1, 2], 2, 1), "y": .floats([1, 3], 1, 2)])
        #expect(answer[1].tensor == .floats([4, 2], 1, 2))
    }

    @Test func aNodeWithoutInputsIsRefusedAndDoesNotTrap() {
        var graph = Self.graph(["Sub", "Abs", "ReduceSum"])
        graph.nodes[0].subgraphs["body"]?.nodes[2].inputs = []
        #expect(throws: ModelError.self) {
            try NativeEngine().load(graph).predict(["x": .floats([1], 1, 1), "y": .floats([1], 1, 1)])
        }
    }
}
