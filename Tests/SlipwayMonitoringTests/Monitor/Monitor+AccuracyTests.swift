import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayMonitoring

struct MonitorAccuracyTests {
    private let model = SampleModel()
    private let rows = (0..<100).map { SampleModel.Row($0) }

    @Test func knownOutcomesAreEvaluatedLikeHeldOutRows() throws {
        let truth = { (number: Int) in Value.string(number % 5 < 2 ? "Yes" : "No") }
        let report = model.report(rows, baseline: nil, outcomes: model.outcomes(rows, truth: truth))
        let expected = Evaluation(
            task: model.signature.task, predictions: rows.map { .string($0.label) },
            scores: rows.map { [1 - $0.score, $0.score] }, actual: rows.indices.map(truth))
        #expect(report.accuracy.evaluation == .found(expected))
        #expect(report.accuracy.labels == 100)
        #expect(report.accuracy.coverage == .found(1))
        let isPositive = rows.indices.map { $0 % 5 < 2 }
        let curve = CalibrationCurve(isPositive: isPositive, probabilities: rows.map(\.score))
        #expect(report.accuracy.calibration == .found(curve))
    }

    @Test func truthValuesNameClassesByTheirNumbers() throws {
        var numbered = model
        numbered.signature.task.classes = ["0", "1"]
        numbered.signature.task.positiveClass = "1"
        numbered.signature.task.predictionOutput = nil
        let report = numbered.report(
            rows, baseline: nil, outcomes: model.outcomes(rows) { .boolean($0 % 2 == 0) })
        #expect(report.accuracy.evaluation.figure?.skippedCount == 0)
        #expect(report.accuracy.calibration.figure?.bins.reduce(0) { $0 + $1.count } == 100)
    }

    @Test func oneClassOnlyIsSaid() throws {
        let report = model.report(rows, baseline: nil, outcomes: model.outcomes(rows) { _ in .string("No") })
        let evaluation = try #require(report.accuracy.evaluation.figure)
        #expect(evaluation["roc_auc"].reason == "all rows are of one class")
        #expect(evaluation["accuracy"].number != nil)
    }

    @Test func withoutLabelsOrWithTooFewTheReasonIsSaid() {
        #expect(model.report(rows, baseline: nil).accuracy.evaluation.reason == "no labels")
        let few = Array(rows.prefix(4))
        let report = model.report(rows, baseline: nil, outcomes: model.outcomes(few) { _ in .string("No") })
        #expect(report.accuracy.labels == 4)
        #expect(report.accuracy.coverage == .found(0.04))
        #expect(report.accuracy.evaluation.reason == "too few labels: 4 of at least 10")
        #expect(report.accuracy.calibration.reason == "too few labels: 4 of at least 10")
    }

    @Test func outcomesOfOtherVersionsAreLeftOut() {
        let outcomes = model.outcomes(rows) { _ in .string("No") }
        #expect(model.report(rows, baseline: nil, outcomes: outcomes, version: 2).accuracy.labels == 0)
        #expect(model.report(rows, baseline: nil, outcomes: outcomes, version: 1).accuracy.labels == 100)
    }

    @Test func aModelOfAnotherKindHasNoMetrics() {
        var other = model
        other.signature.task = Signature.Task(kind: .other)
        let report = other.report(rows, baseline: nil, outcomes: model.outcomes(rows) { _ in .string("No") })
        #expect(report.accuracy.evaluation.reason == "no metric applies to a model of this kind")
        #expect(report.predictions.isEmpty)
    }

    @Test func numbersAreEvaluatedAsRegression() throws {
        var regression = model
        regression.signature.task = Signature.Task(kind: .regression, predictionOutput: "price")
        var join = OutcomeJoin()
        let records = model.records(rows).enumerated().map { number, record in
            var record = record
            record.outputs = ["price": .number(Double(number))]
            return record
        }
        for (number, record) in records.enumerated() {
            join.add(
                FeedbackRecord(subject: .prediction(record.id), actual: .integer(Int64(number + 2)), time: record.time))
        }
        for record in records { join.match(record) }
        let report = MonitorReport(
            records: records, outcomes: join.finish(), model: "price", signature: regression.signature, baseline: nil)
        #expect(report.accuracy.evaluation.figure?["rmse"].number == 2)
        #expect(report.accuracy.calibration.reason == "calibration is for models of two classes")
    }
}
