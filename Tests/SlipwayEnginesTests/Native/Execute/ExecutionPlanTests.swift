import SlipwayEngines
import SlipwayModel
import Testing

struct ExecutionPlanTests {
    /// `sum = (a + b) * a`, with a constant branch beside it.
    private let graph = Graph(
        name: "sum",
        inputs: [
            GraphValue(name: "a", type: .tensor(.float32, shape: [nil, 2])),
            GraphValue(name: "b", type: .tensor(.float32, shape: [nil, 1])),
        ],
        outputs: [
            GraphValue(name: "product", type: .tensor(.float32, shape: [nil, 2])),
            GraphValue(name: "fixed", type: .tensor(.float32, shape: [1])),
        ],
        nodes: [
            Node(name: "add", operatorName: "Add", inputs: ["a", "b"], outputs: ["sum"]),
            Node(name: "twice", operatorName: "Add", inputs: ["one", "one"], outputs: ["fixed"]),
            Node(name: "multiply", operatorName: "Mul", inputs: ["sum", "a"], outputs: ["product"]),
        ],
        initializers: ["one": .floats([1])], opsets: ["": 18])

    private func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
        try NativeEngine().load(graph).predict(inputs)
    }

    @Test
    func outputsComeInTheOrderOfTheGraph() throws {
        let answers = try predict(["a": .floats([1, 2, 3, 4], 2, 2), "b": .floats([10, 20], 2, 1)])
        #expect(answers.map(\.name) == ["product", "fixed"])
        #expect(answers[0].tensor == .floats([11, 24, 69, 96], 2, 2))
        #expect(answers[1].tensor == .floats([2]))
    }

    @Test
    func noRowsGiveNoRows() throws {
        let answers = try predict(["a": .floats([], 0, 2), "b": .floats([], 0, 1)])
        #expect(answers[0].tensor == .floats([], 0, 2))
    }

    @Test(arguments: [
        (["a": Tensor.floats([1, 2], 1, 2)], "b", "is missing"),
        (["a": .floats([1, 2], 1, 2), "b": .doubles([1], 1, 1)], "b", "float64"),
        (["a": .floats([1, 2], 1, 2), "b": .floats([1, 2], 1, 2)], "b", "[?, 1]"),
        (["a": .floats([1, 2], 1, 2), "b": .floats([1, 2], 2, 1)], "b", "2 rows"),
        (["a": .floats([1, 2], 1, 2), "b": .floats([1], 1, 1), "c": .floats([1], 1, 1)], "c", "no input"),
    ])
    func inputsThatDoNotFitAreRefusedByName(_ inputs: [String: Tensor], _ field: String, _ words: String) throws {
        let error = try #require(throws: ModelError.self) { try predict(inputs) }
        #expect(error.kind == .signatureMismatch)
        #expect(error.field == field)
        #expect(error.message.contains("'\(field)'"))
        #expect(error.message.contains(words))
    }

    @Test(arguments: [
        (ElementType.uint8, [0, 255], [-1, 256]), (.int8, [-128, 127], [-129, 128]), (.uint16, [65_535], [-1, 65_536]),
        (.int16, [-32_768], [32_768]), (.uint32, [4_294_967_295], [-1, 4_294_967_296]), (.uint64, [.max], [-1]),
    ])
    func aNumberOutsideItsNarrowTypeIsRefused(_ type: ElementType, _ inside: [Int64], _ outside: [Int64]) throws {
        let predictor = try NativeEngine().load(Self.cast(type))
        for whole in inside {
            #expect(try predictor.predict(["x": .integers([whole])])[0].tensor == .doubles([Double(whole)]))
        }
        for whole in outside {
            let error = try #require(throws: ModelError.self) { try predictor.predict(["x": .integers([0, whole])]) }
            #expect(error.kind == .signatureMismatch)
            #expect(error.message.hasPrefix("input 'x' holds \(whole), but its \(type) goes from"))
        }
    }

    @Test
    func anInputInHalfPrecisionIsRoundedToIt() throws {
        let answer = try NativeEngine().load(Self.cast(.float16)).predict(["x": .floats([0.1, 2_049, 1, 70_000])])
        #expect(answer[0].tensor == .doubles([0.0999755859375, 2_048, 1, .infinity]))
    }

    /// A graph that widens its input to double precision.
    private static func cast(_ type: ElementType) -> Graph {
        Graph(
            name: "cast", inputs: [GraphValue(name: "x", type: .tensor(type, shape: [nil]))],
            outputs: [GraphValue(name: "y", type: .tensor(.float64, shape: [nil]))],
            nodes: [
                Node(
                    name: "cast", operatorName: "Cast", inputs: ["x"], outputs: ["y"], attributes: ["to": .integer(11)])
            ],
            initializers: [:], opsets: ["": 18])
    }

    @Test
    func everyNodeThatIsNotCoveredIsNamed() {
        var graph = graph
        graph.nodes[0].operatorName = "Conv"
        graph.nodes[2].operatorName = "TfIdfVectorizer"
        graph.nodes[2].domain = "ai.onnx.ml"
        #expect(
            NativeEngine().support(for: graph)
                == .unsupported(reasons: [
                    "node 'add' (Conv): operator is not covered by the native engine",
                    "node 'multiply' (ai.onnx.ml.TfIdfVectorizer): operator is not covered by the native engine",
                ]))
        let error = #expect(throws: ModelError.self) { try NativeEngine().load(graph) }
        #expect(error?.kind == .unsupportedModel)
        #expect(error?.message.contains("'multiply'") == true)
    }

    @Test
    func anOperatorSetFromTheFutureIsNotCovered() {
        var graph = graph
        graph.opsets[""] = 99
        #expect(!NativeEngine().support(for: graph).isSupported)
    }

    @Test
    func theLongNameOfTheStandardDomainIsTheSame() throws {
        var graph = graph
        graph.nodes[0].domain = "ai.onnx"
        #expect(NativeEngine().support(for: graph) == .supported)
    }

    @Test
    func aNodeThatFailsIsNamed() throws {
        var graph = graph
        graph.inputs[1].type = .tensor(.float32, shape: nil)
        let predictor = try NativeEngine().load(graph)
        let error = #expect(throws: ModelError.self) {
            try predictor.predict(["a": .floats([1, 2], 1, 2), "b": .floats([1, 2, 3], 3)])
        }
        #expect(error?.kind == .inferenceFailed)
        #expect(error?.message == "node 'add' (Add): shapes [1, 2] and [3] do not fit together")
    }

    @Test
    func manyThreadsGetTheSameAnswer() async throws {
        let predictor = try NativeEngine().load(graph)
        let inputs: [String: Tensor] = ["a": .floats([1, 2], 1, 2), "b": .floats([3], 1, 1)]
        let expected = try predictor.predict(inputs)
        let answers = try await withThrowingTaskGroup(of: [PredictorOutput].self) { group in
            for _ in 0..<16 { group.addTask { try predictor.predict(inputs) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0 == expected })
    }
}
