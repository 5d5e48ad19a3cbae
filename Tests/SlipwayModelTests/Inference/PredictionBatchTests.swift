import SlipwayData
import Testing

@testable import SlipwayModel

struct PredictionBatchTests {
    private func output(_ name: String, _ shape: [Int], _ elements: Tensor.Elements) -> PredictorOutput {
        PredictorOutput(name: name, tensor: Tensor(shape: shape, elements: elements))
    }

    private let binary = Signature.Task(
        kind: .binary, predictionOutput: "label", scoreOutput: "p", classes: ["no", "yes"], positiveClass: "yes")

    @Test func aMatrixBecomesNumberedColumns() throws {
        let batch = PredictionBatch(
            [
                output("label", [2], .string(["no", "yes"])), output("p", [2, 2], .float32([0.9, 0.1, 0.25, 0.75])),
                output("n", [2, 1], .int64([7, 8])), output("b", [2], .bool([true, false])),
            ], task: binary)
        let table = try batch.table()
        #expect(table.names == ["label", "p_0", "p_1", "n", "b"])
        #expect(table.row(1) == [.string("yes"), .number(0.25), .number(0.75), .integer(8), .boolean(false)])
    }

    @Test func aFloatKeepsItsShortestForm() throws {
        let floats: [Float] = [0.1, 1 / 3, .leastNonzeroMagnitude, 3.4028235e38, 16_777_216, -0.3]
        let batch = PredictionBatch([output("y", [6], .float32(floats))], task: .init(kind: .other))
        let column = try #require(try batch.table()["y"])
        #expect((0..<6).map { column[$0].text } == ["0.1", "0.33333334", "1e-45", "3.4028235e+38", "16777216", "-0.3"])
        for (row, float) in floats.enumerated() { #expect(column[row].asNumber.map { Float($0) } == float) }
    }

    @Test func outputsThatWouldShareANameAreRefused() {
        let batch = PredictionBatch(
            [output("p", [1, 2], .float32([0, 1])), output("p_1", [1], .float32([0]))], task: .init(kind: .other))
        #expect(throws: DataError.self) { try batch.table() }
    }

    @Test func theModelsOwnLabelIsThePrediction() {
        let batch = PredictionBatch(
            [output("label", [1], .string(["no"])), output("p", [1, 2], .float32([0.25, 0.75]))], task: binary)
        #expect(batch.prediction(row: 0) == .string("no"))
        #expect(batch.scores(row: 0) == [0.25, 0.75])
        #expect(batch.positiveScore(row: 0) == 0.75)
    }

    @Test func withoutALabelTheHighestScoreWinsTheFirstAmongEquals() {
        var task = binary
        task.predictionOutput = nil
        let batch = PredictionBatch([output("p", [3, 2], .float32([0.25, 0.75, 0.5, 0.5, 1, 0]))], task: task)
        #expect((0..<3).map { batch.prediction(row: $0) } == [.string("yes"), .string("no"), .string("no")])
    }

    @Test func aSingleScoreIsThatOfTheSecondClass() {
        var task = binary
        task.predictionOutput = nil
        var batch = PredictionBatch([output("p", [2], .float64([0.75, 0.25]))], task: task)
        #expect(batch.scores(row: 0) == [0.25, 0.75])
        #expect(batch.prediction(row: 0) == .string("yes"))
        task.positiveClass = "no"
        batch = PredictionBatch(batch.outputs, task: task)
        #expect(batch.positiveScore(row: 0) == 0.25)
    }

    @Test func whatCannotBeSaidIsNil() {
        let texts = PredictionBatch([output("p", [1, 2], .string(["a", "b"]))], task: binary)
        #expect(texts.scores(row: 0) == nil)
        #expect(texts.prediction(row: 0) == nil)
        let three = PredictionBatch([output("p", [1, 3], .float32([0, 0, 1]))], task: binary)
        #expect(three.prediction(row: 0) == nil)
        #expect(PredictionBatch([], task: binary).rowCount == 0)
        #expect(PredictionBatch([], task: binary)[output: nil] == nil)
    }
}
