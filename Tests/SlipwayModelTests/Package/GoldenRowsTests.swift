import Foundation
import SlipwayData
import Testing

@testable import SlipwayModel

struct GoldenRowsTests {
    private func batch(_ outputs: [(String, Tensor.Elements)]) -> PredictionBatch {
        PredictionBatch(
            outputs.map { name, elements in
                PredictorOutput(name: name, tensor: Tensor(shape: [elements.count / 2, 2], elements: elements))
            }, task: .init(kind: .other))
    }

    private func golden(_ values: [Value]) -> GoldenRows {
        GoldenRows(engine: "native", rows: [], answers: [.init(output: "y", values: values)])
    }

    @Test func theSameAnswersDoNotDiffer() throws {
        let floats = Tensor.Elements.float32([0.1, .nan, .infinity, -3e38])
        let graph = SignatureFixtures.wide(1)
        let model = Model(
            signature: try Signature(deriving: graph), graph: graph,
            predictor: FixedPredictor { _ in
                [PredictorOutput(name: "y", tensor: Tensor(shape: [2, 2], elements: floats))]
            })
        let rows = try GoldenRows(rows: [[.number(1)], [.missing]], answeredBy: model)
        #expect(rows.engine == "fixed")
        #expect(rows.difference(from: batch([("y", floats)])) == nil)
        // What is not finite has no form in JSON, so it must survive the way through the file.
        let read = try JSONDecoder().decode(GoldenRows.self, from: JSONEncoder().encode(rows))
        #expect(read.rows == [[.integer(1)], [.missing]])
        #expect(read.difference(from: batch([("y", floats)])) == nil)
    }

    @Test func aNumberThatMovedIsNamedByRow() {
        let rows = golden([.number(1), .number(2), .number(3), .number(4)])
        #expect(rows.difference(from: batch([("y", .float64([1, 2, 3, 4.00003]))])) == nil)
        #expect(
            rows.difference(from: batch([("y", .float64([1, 2, 3.1, 4]))])) == "row 2 of 'y' is 3.1, not 3")
    }

    @Test func smallNumbersMayDifferAsMuchAsTheFloorMay() {
        let rows = golden([.number(0), .number(0)])
        #expect(rows.difference(from: batch([("y", .float64([0, 4e-7]))])) == nil)
        #expect(rows.difference(from: batch([("y", .float64([0, 6e-7]))])) != nil)
    }

    @Test func whatIsFiniteAndWhatIsNotDiffer() {
        #expect(golden([.number(1), .number(2)]).difference(from: batch([("y", .float64([1, .nan]))])) != nil)
        #expect(golden([.number(1), .missing]).difference(from: batch([("y", .float64([1, 0]))])) != nil)
    }

    @Test func textsAndCountsAreCompared() {
        let rows = golden([.string("no"), .string("yes")])
        #expect(rows.difference(from: batch([("y", .string(["no", "yes"]))])) == nil)
        #expect(rows.difference(from: batch([("y", .string(["no", "no"]))])) == "row 1 of 'y' is no, not yes")
        #expect(
            rows.difference(from: batch([("y", .string(["no", "yes", "no", "yes"]))]))
                == "output 'y' has 4 values, not 2")
        #expect(rows.difference(from: batch([("z", .string(["no", "yes"]))])) == "output 'y' is absent")
    }
}

extension Tensor.Elements {
    fileprivate var count: Int {
        switch self {
        case .float32(let array): array.count
        case .float64(let array): array.count
        case .int32(let array): array.count
        case .int64(let array): array.count
        case .bool(let array): array.count
        case .string(let array): array.count
        }
    }
}
