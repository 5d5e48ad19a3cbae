import SlipwayData
import Testing

@testable import SlipwayModel

struct ModelTests {
    private func model(_ predictor: FixedPredictor = .adding(1)) throws -> Model {
        Model(signature: try Signature(deriving: SignatureFixtures.wide(2)), predictor: predictor)
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
