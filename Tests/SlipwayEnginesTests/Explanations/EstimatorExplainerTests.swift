import Foundation
import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayEngines

struct EstimatorExplainerTests {
    static let treeCases = [
        "lightgbm-binary", "lightgbm-deep", "xgboost-regressor", "forest-multiclass", "boosting-regressor",
        "lightgbm-file", "xgboost-file", "encoded-boosting",
    ]

    @Test(arguments: treeCases + ["encoded-logistic", "ridge"])
    func contributionsAreThoseOfShap(_ name: String) throws {
        let fixture = try ExplanationFixture(name)
        let explainer = try EstimatorExplainer(fixture.graph, model: fixture.model, background: fixture.background)
        let given = try explainer.explain(fixture.rows)
        // XGBoost and the encoders compute in single precision.
        let tolerance = name.hasPrefix("lightgbm") || name == "forest-multiclass" ? 1e-12 : 2e-6
        for (row, explanation) in given.enumerated() {
            #expect(explanation.contributions.map(\.field) == fixture.model.signature.inputs.map(\.name))
            for (contribution, wanted) in zip(explanation.contributions, fixture.contributions[row]) {
                #expect(abs(contribution.amount - wanted) <= tolerance, "\(contribution.field) in row \(row)")
                #expect(contribution.error == nil)
            }
            #expect(abs(explanation.base - fixture.bases[row]) <= tolerance)
            #expect(abs(explanation.score - fixture.scores[row]) <= tolerance)
            #expect(explanation.explainedClass == fixture.classes?[row])
        }
        #expect(given.count == fixture.rows.count)
    }

    @Test(arguments: treeCases + ["encoded-logistic", "ridge"])
    func theScoreIsWhatTheModelAnswers(_ name: String) throws {
        let fixture = try ExplanationFixture(name)
        let explainer = try EstimatorExplainer(fixture.graph, model: fixture.model, background: fixture.background)
        let batch = try fixture.model.predict(rows: fixture.rows)
        for (row, explanation) in try explainer.explain(fixture.rows).enumerated() {
            // A softmax over several classes does not give the score of one of them back.
            guard explanation.space != .score else { continue }
            let sum = explanation.contributions.reduce(explanation.base) { $0 + $1.amount }
            #expect(abs(sum - explanation.score) <= 1e-9 * max(1, abs(sum)))
            let answer: Double? =
                switch explanation.space {
                case .prediction: batch.prediction(row: row)?.asNumber
                case .logOdds: batch.positiveScore(row: row).map { Double.log($0 / (1 - $0)) }
                case .probability, .score: batch.scores(row: row)?.max()
                }
            #expect(abs(try #require(answer) - explanation.score) <= 1e-4 * max(1, abs(explanation.score)))
        }
    }

    @Test func theBackgroundIsTheModelsOwnWhereItCountsItsRows() throws {
        let counted = try ExplanationFixture("lightgbm-binary")
        let uncounted = try ExplanationFixture("encoded-boosting")
        let first = try Explainers.explainer(of: counted.graph, model: counted.model).explain(counted.rows)[0]
        let second = try Explainers.explainer(
            graph: uncounted.graph, model: uncounted.model, background: uncounted.background
        ).explain(uncounted.rows)[0]
        #expect(first.background == .model)
        #expect(second.background == .examples)
        #expect([first.space, second.space] == [.logOdds, .logOdds])
        #expect([first.method, second.method] == [.trees, .trees])
    }

    @Test func aModelWithNothingToCompareWithIsRefused() throws {
        let fixture = try ExplanationFixture("encoded-boosting")
        let error = try #require(throws: ModelError.self) {
            try Explainers.explainer(of: fixture.graph, model: fixture.model)
        }
        #expect(error.kind == .unsupportedModel)
        #expect(error.hint == "Push the model with examples.")
    }
}

extension Double {
    fileprivate static func log(_ number: Double) -> Double { Foundation.log(number) }
}
