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
        ("one-hot-drop", 1), ("mlp-regressor", 2), ("polynomial-features", 1), ("log-function", 1),
    ])
    func aPipelineOfColumnsIsFewSteps(_ name: String, _ stepCount: Int) throws {
        let fixture = try #require(EngineFixture.committed.first { $0.name == name })
        #expect(try PlanBuilder(fixture.graph()).finish().steps.count == stepCount)
    }

    /// Columns, their products of two and of three, a column of ones as exporters make it, and the shape itself.
    private static func products(outputs: [String]) -> Graph {
        func extract(_ name: String) -> Node {
            Node(
                name: name, operatorName: "ArrayFeatureExtractor", domain: "ai.onnx.ml", inputs: ["s", "at " + name],
                outputs: ["columns " + name])
        }
        func product(_ name: String) -> Node {
            Node(
                name: "product " + name, operatorName: "ReduceProd", inputs: ["columns " + name, "axis"],
                outputs: [name])
        }
        return Graph(
            name: "products", inputs: [GraphValue(name: "x", type: .tensor(.float32, shape: [nil, 3]))],
            outputs: outputs.map { GraphValue(name: $0, type: .tensor(.float32, shape: nil)) },
            nodes: [
                Node(
                    name: "scale", operatorName: "Scaler", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["s"],
                    attributes: ["offset": .floats([0.5, 0, -1]), "scale": .floats([2, 0.1, 3])]),
                extract("a"), extract("b"), extract("c"), product("a"), product("b"), product("c"),
                Node(name: "shape", operatorName: "Shape", inputs: ["a"], outputs: ["n"]),
                Node(
                    name: "ones", operatorName: "ConstantOfShape", inputs: ["n"], outputs: ["one"],
                    attributes: ["value": .tensor(.floats([1], 1))]),
                Node(
                    name: "join", operatorName: "Concat", inputs: ["one", "a", "b", "c"], outputs: ["y"],
                    attributes: ["axis": .integer(1)]),
            ],
            initializers: [
                "at a": .integers([1]), "at b": .integers([2, 0]), "at c": .integers([0, 1, 2]),
                "axis": .integers([1]),
            ], opsets: ["": 18, "ai.onnx.ml": 1])
    }

    @Test(arguments: [["y"], ["y", "n"], ["b", "n", "y"]])
    func productsOfColumnsHaveTheBitsThatTheNodesGive(_ outputs: [String]) throws {
        let graph = Self.products(outputs: outputs)
        let fused = try PlanBuilder(graph).finish()
        #expect(fused.steps.count < 9)
        let plain = try PlanBuilder(graph, fusing: false).finish()
        var random = SeededGenerator(seed: 5)
        let odd: [Float] = [.nan, .infinity, -.infinity, 0, -0.0, 1e-30, 3e38, -.leastNonzeroMagnitude]
        for rows in [1, 2, 257] {
            let cells = (0..<rows * 3).map { _ in
                Float.random(in: 0...1, using: &random) < 0.2
                    ? odd.randomElement(using: &random) ?? 0 : Float.random(in: -2...2, using: &random)
            }
            let given = ["x": Tensor.floats(cells, rows, 3)]
            let difference = OutputComparison.exact.difference(try fused.run(given), from: try plain.run(given))
            #expect(difference == nil, "\(difference ?? "")")
        }
    }

    @Test
    func aNodeThatNobodyReadsIsLeftOut() throws {
        let graph = Self.products(outputs: ["b"])
        #expect(try PlanBuilder(graph, fusing: false).finish().steps.count == 3)
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
