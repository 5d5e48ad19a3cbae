import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct PlanFusionTests {
    @Test(arguments: 0..<10)
    func aFusedPlanAnswersAsItsNodesDoOneByOne(_ seed: Int) throws {
        var answered = 0
        var refused = 0
        for number in 0..<60 {
            let pipeline = RandomPipeline(seed: UInt64(seed * 1_000 + number))
            let fused = try PlanBuilder(pipeline.graph).finish()
            let plain = try PlanBuilder(pipeline.graph, fusing: false).finish()
            do throws(ModelError) {
                let expected = try plain.run(pipeline.rows)
                let difference = OutputComparison.exact.difference(try fused.run(pipeline.rows), from: expected)
                #expect(difference == nil, "seed \(seed), pipeline \(number): \(difference ?? "")")
                answered += 1
            } catch {
                let refusal = #expect(throws: ModelError.self) { try fused.run(pipeline.rows) }
                #expect(refusal == error, "seed \(seed), pipeline \(number)")
                refused += 1
            }
        }
        #expect(answered > 30)
        #expect(refused > 0)
    }

    @Test(arguments: [
        ("columns-logistic", 2), ("columns-boosting", 2), ("one-hot-strings", 1), ("ordinal-strings", 1),
        ("one-hot-drop", 1), ("mlp-regressor", 2),
    ])
    func aPipelineOfColumnsIsFewSteps(_ name: String, _ stepCount: Int) throws {
        let fixture = try #require(EngineFixture.committed.first { $0.name == name })
        #expect(try PlanBuilder(fixture.graph()).finish().steps.count == stepCount)
    }

    @Test
    func theNodeAtFaultIsNamedEvenInAPass() throws {
        let graph = Graph(
            name: "strict", inputs: [GraphValue(name: "x", type: .tensor(.string, shape: [nil, 1]))],
            outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: nil))],
            nodes: [
                Node(name: "same", operatorName: "Identity", inputs: ["x"], outputs: ["z"]),
                Node(
                    name: "encode", operatorName: "OneHotEncoder", domain: "ai.onnx.ml", inputs: ["z"], outputs: ["y"],
                    attributes: ["cats_strings": .strings(["a", "b"]), "zeros": .integer(0)]),
            ],
            initializers: [:], opsets: ["": 18, "ai.onnx.ml": 3])
        let predictor = try NativeEngine().load(graph)
        #expect(try predictor.predict(["x": .texts(["b"], 1, 1)])[0].tensor == .floats([0, 1], 1, 1, 2))
        let error = #expect(throws: ModelError.self) { try predictor.predict(["x": .texts(["a", "c"], 2, 1)]) }
        #expect(
            error?.message == "node 'encode' (ai.onnx.ml.OneHotEncoder): element 1 is an unknown category")
    }

    @Test
    func anInputThatIsAlsoAnAnswerKeepsItsElements() throws {
        let graph = Graph(
            name: "same", inputs: [GraphValue(name: "x", type: .tensor(.float32, shape: [nil, 2]))],
            outputs: [GraphValue(name: "z", type: .tensor(.float32, shape: nil))],
            nodes: [
                Node(name: "first", operatorName: "Identity", inputs: ["x"], outputs: ["y"]),
                Node(name: "second", operatorName: "Identity", inputs: ["y"], outputs: ["z"]),
            ],
            initializers: [:], opsets: ["": 18])
        #expect(try PlanBuilder(graph).finish().steps.isEmpty)
        #expect(
            try NativeEngine().load(graph).predict(["x": .floats([1, 2], 1, 2)])[0].tensor == .floats([1, 2], 1, 2))
    }
}
