import SlipwayEngines
import SlipwayModel
import SlipwayTesting
import Testing

struct NativeTraceTests {
    /// `y = (x + 1 · 2) · x`, whose product of constants a plan computes at load.
    private let graph = Graph(
        name: "traced", inputs: [GraphValue(name: "x", type: .tensor(.float32, shape: [nil]))],
        outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: [nil]))],
        nodes: [
            Node(name: "double", operatorName: "Mul", inputs: ["one", "two"], outputs: ["step"]),
            Node(name: "add", operatorName: "Add", inputs: ["x", "step"], outputs: ["sum"]),
            Node(name: "multiply", operatorName: "Mul", inputs: ["sum", "x"], outputs: ["y"]),
        ],
        initializers: ["one": .floats([1]), "two": .floats([2])], opsets: ["": 18])

    @Test
    func everyNodeShowsItsValuesByName() throws {
        let entries = try NativeTrace(graph).values(for: ["x": .floats([3, 4])])
        #expect(entries.map(\.node) == graph.nodes)
        #expect(entries.flatMap { $0.outputs.map(\.name) } == ["step", "sum", "y"])
        #expect(
            entries.flatMap { $0.outputs.map(\.tensor) } == [.floats([2]), .floats([5, 6]), .floats([15, 24])])
    }

    @Test
    func anOutputWithoutANameIsLeftOut() throws {
        var graph = graph
        graph.nodes[2] = Node(name: "split", operatorName: "Split", inputs: ["sum"], outputs: ["", "y"])
        let entries = try NativeTrace(graph).values(for: ["x": .floats([3, 4])])
        #expect(entries[2].outputs.map(\.name) == ["y"])
        #expect(entries[2].outputs.map(\.tensor) == [.floats([6])])
    }

    @Test
    func aGraphThatIsNotCoveredIsRefused() {
        var graph = graph
        graph.nodes[1].operatorName = "Conv"
        #expect(throws: ModelError.self) { try NativeTrace(graph) }
    }

    @Test
    func theLastValuesAreTheAnswersOfTheEngine() throws {
        for fixture in EngineFixture.committed {
            let graph = try fixture.graph()
            let answers = try NativeEngine().load(graph).predict(fixture.inputs)
            let entries = try NativeTrace(graph).values(for: fixture.inputs)
            #expect(entries.map(\.node) == graph.nodes)
            for answer in answers {
                let traced = entries.flatMap(\.outputs).last { $0.name == answer.name }
                let difference = OutputComparison.exact.difference(
                    [PredictorOutput(name: answer.name, tensor: try #require(traced).tensor)],
                    from: [PredictorOutput(name: answer.name, tensor: answer.tensor)])
                #expect(difference == nil, "\(fixture): \(difference ?? "")")
            }
        }
    }
}
