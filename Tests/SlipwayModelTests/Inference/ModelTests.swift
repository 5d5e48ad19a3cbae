import SlipwayData
import Testing

@testable import SlipwayModel

struct ModelTests {
    private func model(_ predictor: FixedPredictor = .adding(1)) throws -> Model {
        let graph = SignatureFixtures.wide(2)
        return Model(signature: try Signature(deriving: graph), graph: graph, predictor: predictor)
    }

    private func model(giving rowCount: Int) throws -> Model {
        try model(
            FixedPredictor { _ in
                [
                    PredictorOutput(
                        name: "y",
                        tensor: Tensor(shape: [rowCount], elements: .float32(Array(repeating: 0, count: rowCount))))
                ]
            })
    }

    @Test func rowsAndTablesGiveTheSameAnswers() throws {
        let model = try model()
        let table = try SignatureFixtures.numbers(["x_1", "x_0"])
        #expect(try model.predict(table) == model.predict(rows: model.signature.rows(of: table)))
        #expect(try model.predict(rows: [[.number(1), .number(2)]]).outputs[0].tensor.elements == .float32([2, 3]))
    }

    @Test func aRowWithTooFewOrTooManyCellsIsRefused() throws {
        for row in [[], [.number(1)], [.number(1), .number(2), .number(3)]] as [[Value]] {
            let error = #expect(throws: ModelError.self) {
                try model().predict(rows: [[.number(1), .number(2)], row])
            }
            #expect(error?.kind == .signatureMismatch)
            #expect(error?.message == "row 2 has \(row.count) cells, not 2")
        }
    }

    @Test(arguments: [0, 1, 3])
    func answersForAnotherNumberOfRowsAreRefused(rowCount: Int) throws {
        let model = try model(giving: rowCount)
        let error = #expect(throws: ModelError.self) {
            try model.predict(rows: Array(repeating: [.number(1), .number(2)], count: 2))
        }
        #expect(error?.kind == .inferenceFailed)
        #expect(error?.message == "output 'y' has \(rowCount) rows for 2 rows of input")
    }

    @Test func noRowsAreNoAnswers() throws {
        #expect(try model().predict(rows: []).rowCount == 0)
    }

    @Test func answersSideBySideAreReadAsRows() throws {
        let graph = SignatureFixtures.wide(
            2, outputs: [GraphValue(name: "y", type: .tensor(.string, shape: [1, nil]))])
        let signature = try Signature(deriving: graph)
        let model = Model(
            signature: signature, graph: graph,
            predictor: FixedPredictor { _ in
                [PredictorOutput(name: "y", tensor: Tensor(shape: [1, 2], elements: .string(["no", "yes"])))]
            })
        #expect(signature.outputs[0].width == 1)
        let batch = try model.predict(rows: Self.twoRows)
        #expect(batch.outputs[0].tensor == Tensor(shape: [2], elements: .string(["no", "yes"])))
        #expect(batch.rowCount == 2)
    }

    @Test func severalTargetsBelowOneAnotherAreReadAsColumns() throws {
        var graph = SignatureFixtures.wide(
            2,
            nodes: [
                Node(name: "bias", operatorName: "Add", inputs: ["x", "targets"], outputs: ["sums"]),
                Node(name: "column", operatorName: "Reshape", inputs: ["sums", "shape"], outputs: ["y"]),
            ])
        graph.initializers = [
            "targets": Tensor(shape: [1, 2], elements: .float32([0, 0])),
            "shape": Tensor(shape: [2], elements: .int64([-1, 1])),
        ]
        let signature = try Signature(deriving: graph)
        #expect(signature.outputs[0].width == 2)
        let model = Model(
            signature: signature, graph: graph,
            predictor: FixedPredictor { _ in
                [PredictorOutput(name: "y", tensor: Tensor(shape: [4, 1], elements: .float32([1, 2, 3, 4])))]
            })
        #expect(
            try model.predict(rows: Self.twoRows).outputs[0].tensor
                == Tensor(shape: [2, 2], elements: .float32([1, 2, 3, 4])))
    }

    @Test func anOutputOfConstantsIsNeitherDeclaredNorAnswered() throws {
        var graph = SignatureFixtures.wide(
            2,
            outputs: [
                GraphValue(name: "y", type: .tensor(.float32, shape: [nil, 2])),
                GraphValue(name: "k", type: .tensor(.string, shape: [3])),
            ],
            nodes: [Node(name: "copy", operatorName: "Identity", inputs: ["names"], outputs: ["k"])])
        graph.initializers["names"] = Tensor(shape: [3], elements: .string(["a", "b", "c"]))
        let signature = try Signature(deriving: graph)
        #expect(signature.outputs.map(\.name) == ["y"])
        let model = Model(
            signature: signature, graph: graph,
            predictor: FixedPredictor { inputs in
                FixedPredictor.adding(1).answer(inputs) + [
                    PredictorOutput(name: "k", tensor: Tensor(shape: [3], elements: .string(["a", "b", "c"])))
                ]
            })
        #expect(try model.predict(rows: Self.twoRows).outputs.map(\.name) == ["y"])
        graph.outputs.removeFirst()
        #expect(throws: ModelError(.invalidSignature, "no output of the model depends on what it reads")) {
            try Signature(deriving: graph)
        }
    }

    @Test func tablesPerTargetStandSideBySideInEachRow() throws {
        let graph = SignatureFixtures.wide(
            2, outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: [2, nil, 3]))])
        let signature = try Signature(deriving: graph)
        #expect(signature.outputs.map(\.width) == [6])
        let model = Model(
            signature: signature, graph: graph,
            predictor: FixedPredictor { _ in
                let numbers = (0..<12).map { Float($0) }
                return [PredictorOutput(name: "y", tensor: Tensor(shape: [2, 2, 3], elements: .float32(numbers)))]
            })
        let answer = try model.predict(rows: Self.twoRows).outputs[0].tensor
        #expect(answer == Tensor(shape: [2, 6], elements: .float32([0, 1, 2, 6, 7, 8, 3, 4, 5, 9, 10, 11])))
    }

    @Test func tablesOfAnotherNumberOfRowsAreRefused() throws {
        let graph = SignatureFixtures.wide(
            2, outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: [2, nil, 3]))])
        let model = Model(
            signature: try Signature(deriving: graph), graph: graph,
            predictor: FixedPredictor { _ in
                let zeros = [Float](repeating: 0, count: 18)
                return [PredictorOutput(name: "y", tensor: Tensor(shape: [2, 3, 3], elements: .float32(zeros)))]
            })
        #expect(throws: ModelError.self) { try model.predict(rows: Self.twoRows) }
    }

    @Test func aModelOfASingleRowIsAskedRowByRow() throws {
        var graph = SignatureFixtures.wide(2)
        graph.inputs[0].type = .tensor(.float32, shape: [1, 2])
        let model = Model(
            signature: try Signature(deriving: graph), graph: graph,
            predictor: FixedPredictor { inputs in
                inputs["x"]?.shape == [1, 2] ? FixedPredictor.adding(1).answer(inputs) : []
            })
        let batch = try model.predict(rows: Self.twoRows + [[.number(5), .number(6)]])
        #expect(batch.outputs[0].tensor == Tensor(shape: [3, 2], elements: .float32([2, 3, 4, 5, 6, 7])))
    }

    private static let twoRows: [[Value]] = [[.number(1), .number(2)], [.number(3), .number(4)]]

    @Test func anEngineThatDeclinesIsPassedOverWithItsReasons() throws {
        let graph = SignatureFixtures.wide(2)
        let signature = try Signature(deriving: graph)
        let loaded = try Model(
            signature: signature, graph: graph,
            engines: [NamedEngine(name: "deaf", runs: false), NamedEngine(name: "able", runs: true)])
        #expect(loaded.predictor.engineName == "fixed")
        let error = #expect(throws: ModelError.self) {
            try Model(signature: signature, graph: graph, engines: [NamedEngine(name: "deaf", runs: false)])
        }
        #expect(error?.kind == .unsupportedModel)
        #expect(error?.message == "no engine runs this model. deaf: operator Loop; operator Scan")
    }

    private struct NamedEngine: InferenceEngine {
        let name: String
        let runs: Bool

        func support(for graph: Graph) -> EngineSupport {
            runs ? .supported : .unsupported(reasons: ["operator Loop", "operator Scan"])
        }

        func load(_ graph: Graph) throws(ModelError) -> any Predictor { FixedPredictor.adding(0) }
    }
}
