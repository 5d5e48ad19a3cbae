import SlipwayEngines
import SlipwayModel
import Testing

struct LoopKernelTests {
    private static func loop(_ body: Subgraph?, rounds: Int64) -> Graph {
        let node = Node(
            name: "the loop", operatorName: "Loop", inputs: ["rounds", "", "x"], outputs: ["y"], hasSubgraph: true,
            subgraphs: body.map { ["body": $0] } ?? [:])
        return Graph(
            name: "loop", inputs: [GraphValue(name: "x", type: .tensor(.float32, shape: [nil]))],
            outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: nil))], nodes: [node],
            initializers: ["rounds": Tensor(shape: [], elements: .int64([rounds]))], opsets: ["": 18])
    }

    private static func body(doubling operatorName: String = "Add") -> Subgraph {
        Subgraph(
            inputs: ["round", "goes_on", "state"], outputs: ["goes_on", "next"],
            nodes: [Node(name: "twice", operatorName: operatorName, inputs: ["state", "state"], outputs: ["next"])],
            opsets: ["": 18])
    }

    @Test func theStateOfTheLastRoundIsTheResult() throws {
        let predictor = try NativeEngine().load(Self.loop(Self.body(), rounds: 10))
        #expect(try predictor.predict(["x": .floats([1, 3])])[0].tensor == .floats([1024, 3072]))
        let none = try NativeEngine().load(Self.loop(Self.body(), rounds: 0))
        #expect(try none.predict(["x": .floats([1, 3])])[0].tensor == .floats([1, 3]))
    }

    @Test func anOperatorInsideThatIsNotCoveredIsNamed() {
        let support = NativeEngine().support(for: Self.loop(Self.body(doubling: "NonMaxSuppression"), rounds: 1))
        guard case .unsupported(let reasons) = support else {
            Issue.record("the loop is said to be supported")
            return
        }
        #expect(reasons.count == 1)
        #expect(reasons[0].contains("'the loop'") && reasons[0].contains("'twice' (NonMaxSuppression)"))
    }

    @Test func aLoopWhoseGraphCouldNotBeReadIsDeclined() {
        #expect(!NativeEngine().support(for: Self.loop(nil, rounds: 1)).isSupported)
    }
}
