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

    /// The squared distances of rows from those of another matrix, as converters write them.
    private static func distances(_ type: ElementType, keeping: Int64 = 0) -> Graph {
        let body = Subgraph(
            inputs: ["state", "slice"], outputs: ["next", "sums"],
            nodes: [
                Node(name: "same", operatorName: "Identity", inputs: ["state"], outputs: ["next"]),
                Node(name: "less", operatorName: "Sub", inputs: ["state", "slice"], outputs: ["difference"]),
                Node(
                    name: "sum", operatorName: "ReduceSumSquare", inputs: ["difference"], outputs: ["sums"],
                    attributes: ["axes": .integers([1]), "keepdims": .integer(keeping)]),
            ], opsets: ["": 13])
        let node = Node(
            name: "the scan", operatorName: "Scan", inputs: ["x", "y"], outputs: ["same", "z"],
            attributes: ["num_scan_inputs": .integer(1)], hasSubgraph: true, subgraphs: ["body": body])
        let values = ["x", "y"].map { GraphValue(name: $0, type: .tensor(type, shape: nil)) }
        return Graph(
            name: "scan", inputs: values, outputs: [GraphValue(name: "z", type: .tensor(type, shape: nil))],
            nodes: [node], initializers: [:], opsets: ["": 13])
    }

    /// With kept dimensions the rounds run one by one.
    @Test func distancesAtOnceHaveTheBitsOfThoseRoundByRound() throws {
        let (x, y) = ((0..<11 * 3).map { Float($0) / 7 - 2 }, (0..<9 * 3).map { Float($0 * $0 % 31) / 3 })
        let once = try NativeEngine().load(Self.distances(.float32))
        let rounds = try NativeEngine().load(Self.distances(.float32, keeping: 1))
        let inputs = ["x": Tensor.floats(x, 11, 3), "y": .floats(y, 9, 3)]
        let (found, expected) = (try once.predict(inputs)[0].tensor, try rounds.predict(inputs)[0].tensor)
        #expect(found.shape == [9, 11] && expected.shape == [9, 11, 1])
        #expect(found.elements == expected.elements)
    }

    @Test func distancesOfDoublesAreThoseOfTheFormula() throws {
        let predictor = try NativeEngine().load(Self.distances(.float64))
        let answer = try predictor.predict([
            "x": .doubles([1, 2, 3, 4], 2, 2), "y": .doubles([0, 0, 1, 1, 3, 5], 3, 2),
        ])
        #expect(answer[0].tensor == .doubles([5, 25, 1, 13, 13, 1], 3, 2))
    }

    @Test func distancesOfRowsOfAnotherWidthAreRefused() throws {
        let predictor = try NativeEngine().load(Self.distances(.float32))
        #expect(throws: ModelError.self) {
            try predictor.predict(["x": .floats([1, 2, 3, 4], 2, 2), "y": .floats([1, 2, 3], 1, 3)])
        }
    }
}
