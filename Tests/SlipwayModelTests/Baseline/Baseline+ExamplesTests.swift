import SlipwayData
import Testing

@testable import SlipwayModel

struct BaselineExamplesTests {
    private let examples: Table

    init() throws {
        examples = try SignatureFixtures.numbers(["x_0", "x_1", "extra"], rows: 20)
            .adding(Column(name: "target", values: .integers((0..<20).map { Int64($0 % 2) })))
    }

    private func signature(outputs: [GraphValue]) throws -> Signature {
        try Signature(
            deriving: SignatureFixtures.wide(2, outputs: outputs), examples: examples,
            options: SignatureOptions(target: "target"))
    }

    @Test func fieldsPredictionsScoresAndTargetAreProfiled() throws {
        let signature = try signature(outputs: [GraphValue(name: "p", type: .tensor(.float32, shape: [nil, 1]))])
        let scores = Tensor(shape: [20, 1], elements: .float32((0..<20).map { Float($0) / 20 }))
        let batch = PredictionBatch([PredictorOutput(name: "p", tensor: scores)], task: signature.task)
        let baseline = try Baseline(examples: examples, batch: batch, signature: signature)
        #expect(baseline.rows == 20)
        #expect(baseline.inputs.columns.map(\.name) == ["x_0", "x_1"])
        #expect(baseline.outputs.columns.map(\.name) == ["prediction", "score"])
        #expect(baseline.target?.name == "target")
    }

    @Test func outputsWithoutAMeaningAreLeftOut() throws {
        let signature = try signature(outputs: [GraphValue(name: "z", type: .tensor(.float32, shape: [nil, 3]))])
        #expect(signature.task.kind == .other)
        let output = PredictorOutput(
            name: "z", tensor: Tensor(shape: [20, 3], elements: .float32(Array(repeating: 0, count: 60))))
        let batch = PredictionBatch([output], task: signature.task)
        let baseline = try Baseline(examples: examples, batch: batch, signature: signature)
        #expect(baseline.outputs.columns.isEmpty)
        #expect(baseline.inputs.columns.count == 2)
    }
}
