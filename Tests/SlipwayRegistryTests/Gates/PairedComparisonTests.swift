import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayRegistry

struct PairedComparisonTests {
    /// Numbers predicted for the truth 0, 1, 2, …, each off by an error.
    private func sample(_ errors: [Double]) throws -> MetricSample {
        let count = errors.count
        let output = PredictorOutput(
            name: "y", tensor: Tensor(shape: [count], elements: .float64((0..<count).map { Double($0) + errors[$0] })))
        let batch = PredictionBatch([output], task: .init(kind: .regression, predictionOutput: "y", target: "t"))
        let actual = Column(name: "t", values: .numbers((0..<count).map(Double.init)))
        return try #require(MetricSample(of: batch, actual: actual))
    }

    private func compare(
        _ candidate: [Double], _ champion: [Double], metric: String = "mae", tolerance: Double = 0,
        confidence: Double? = 0.95
    ) throws -> CheckResult.Outcome {
        try PairedComparison(candidate: sample(candidate), champion: sample(champion), metric: metric)
            .outcome(tolerance: tolerance, confidence: confidence)
    }

    private let good = (0..<100).map { Double($0 % 7) / 10 }
    private let poor = (0..<100).map { Double($0 % 7) / 10 + 1 }

    @Test func aSmallerErrorIsBetter() throws {
        #expect(CheckResult(name: "", outcome: try compare(good, poor)).isPassed)
        #expect(CheckResult(name: "", outcome: try compare(poor, good)).isFailed)
        #expect(CheckResult(name: "", outcome: try compare(poor, good, confidence: nil)).isFailed)
    }

    @Test func theLossIsBoundedByPairs() throws {
        // Every row is worse by exactly 1, so every draw is too: the bound is exact whatever the confidence.
        for confidence in [0.01, 0.5, 0.95, 0.999] {
            let outcome = try compare(poor, good, tolerance: 0.5, confidence: confidence)
            #expect(CheckResult(name: "", outcome: outcome).reason.contains("the loss may be 1.0, more than 0.5"))
            let held = try compare(poor, good, tolerance: 1.01, confidence: confidence)
            #expect(CheckResult(name: "", outcome: held).isPassed)
        }
    }

    @Test func moreConfidenceAsksForMore() throws {
        // Worse on one row in ten only: the mean loss is 0.1, what is not exceeded with confidence is more.
        let uneven = good.indices.map { good[$0] + ($0 % 10 == 0 ? 1 : 0) }
        #expect(CheckResult(name: "", outcome: try compare(uneven, good, tolerance: 0.12, confidence: nil)).isPassed)
        #expect(CheckResult(name: "", outcome: try compare(uneven, good, tolerance: 0.12, confidence: 0.3)).isPassed)
        #expect(CheckResult(name: "", outcome: try compare(uneven, good, tolerance: 0.12, confidence: 0.99)).isFailed)
    }

    @Test(arguments: [0, 1, -0.5, 95, .nan])
    func aConfidenceThatIsNoneIsNotJudged(confidence: Double) throws {
        let result = CheckResult(name: "", outcome: try compare(good, poor, confidence: confidence))
        #expect(result.word == "not run")
        #expect(result.reason.contains("between 0 and 1"))
    }

    @Test func aMetricThatIsUndefinedIsNotJudged() throws {
        #expect(CheckResult(name: "", outcome: try compare(good, poor, metric: "roc_auc")).word == "not run")
        #expect(CheckResult(name: "", outcome: try compare([], [])).word == "not run")
        #expect(CheckResult(name: "", outcome: try compare(good, [0])).word == "not run")
    }

    @Test func figuresNeverContradictTheVerdict() {
        #expect(Figure.text(0.79999) { $0 < 0.8 } == "0.79999")
        #expect(Figure.text(0.79) { $0 < 0.8 } == "0.79")
        #expect(Figure.text(1e308) == "1e+308")
    }
}
