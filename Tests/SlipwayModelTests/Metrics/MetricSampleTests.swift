import SlipwayData
import Testing

@testable import SlipwayModel

struct MetricSampleTests {
    private let task = Signature.Task(
        kind: .binary, predictionOutput: "label", scoreOutput: "p", classes: ["no", "yes"], positiveClass: "yes")

    private func batch(_ scores: [Float]) -> PredictionBatch {
        PredictionBatch(
            [
                PredictorOutput(
                    name: "label",
                    tensor: Tensor(shape: [scores.count], elements: .string(scores.map { $0 > 0.5 ? "yes" : "no" }))),
                PredictorOutput(
                    name: "p",
                    tensor: Tensor(shape: [scores.count, 2], elements: .float32(scores.flatMap { [1 - $0, $0] }))),
            ], task: task)
    }

    private let scores: [Float] = [0.9, 0.8, 0.3, 0.6, 0.2, 0.1]
    private let actual = Column(name: "t", values: .strings(["yes", "yes", "yes", "no", "no", "no"]))

    @Test func aMetricOverAllRowsIsThatOfTheEvaluation() throws {
        let sample = try #require(MetricSample(of: batch(scores), actual: actual))
        let evaluation = Evaluation(of: batch(scores), actual: actual)
        #expect(sample.rowCount == 6)
        for name in MetricCatalog.names(for: .binary) { #expect(sample.value(of: name) == evaluation[name], "\(name)") }
    }

    @Test func aMetricOverChosenRowsIsThatOfThoseRowsAlone() throws {
        let sample = try #require(MetricSample(of: batch(scores), actual: actual))
        let rows = [0, 2, 3, 3, 5]
        let alone = Evaluation(of: batch(rows.map { scores[$0] }), actual: actual.selecting(rows: rows))
        for name in MetricCatalog.names(for: .binary) {
            #expect(sample.value(of: name, rows: rows) == alone[name], "\(name)")
        }
    }

    @Test func numbersAreSampledToo() throws {
        let output = PredictorOutput(name: "y", tensor: Tensor(shape: [3], elements: .float64([1, 2, 5])))
        let batch = PredictionBatch([output], task: .init(kind: .regression, predictionOutput: "y"))
        let sample = try #require(MetricSample(of: batch, actual: Column(name: "t", values: .integers([1, 2, 3]))))
        #expect(sample.value(of: "mae") == .value(2.0 / 3))
        #expect(sample.value(of: "mae", rows: [2, 2]) == .value(2))
        #expect(sample.value(of: "roc_auc").reason?.contains("there are rmse") == true)
        #expect(sample.value(of: "mae", rows: []).number == nil)
    }

    @Test func aRowWithoutOutcomeOrPredictionMakesNoSample() {
        let missing = Column(name: "t", values: .strings(["yes", "no"]), validity: [true, false])
        #expect(MetricSample(of: batch([0.9, 0.1]), actual: missing) == nil)
        let unknown = Column(name: "t", values: .strings(["yes", "maybe"]))
        #expect(MetricSample(of: batch([0.9, 0.1]), actual: unknown) == nil)
        #expect(
            MetricSample(of: batch([0.9, .nan]), actual: Column(name: "t", values: .strings(["yes", "no"]))) == nil)
        let other = PredictionBatch(batch([0.9]).outputs, task: .init(kind: .other))
        #expect(MetricSample(of: other, actual: Column(name: "t", values: .strings(["yes"]))) == nil)
    }
}
