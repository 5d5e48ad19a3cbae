import Foundation
import SlipwayData
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct ExplainersTests {
    /// The models whose score is that of one ensemble or linear model; all others with a score are sampled.
    static let exactMethods: [String: Explanation.Method] = [
        "columns-boosting": .trees, "columns-logistic": .linear, "columns-logistic-plain": .linear,
        "extra-trees": .trees, "extra-trees-regressor": .trees, "forest-binary": .trees, "forest-multiclass": .trees,
        "forest-regressor": .trees, "gradient-boosting-binary": .trees, "gradient-boosting-multiclass": .trees,
        "gradient-boosting-regressor": .trees, "gradient-boosting-regressor-double": .trees,
        "hist-boosting-binary": .trees, "hist-boosting-multiclass": .trees, "hist-boosting-regressor": .trees,
        "lightgbm-binary": .trees, "lightgbm-regressor": .trees, "linear-regression": .linear,
        "linear-regression-double": .linear, "linear-svc": .linear, "logistic-binary-labels": .linear,
        "logistic-binary-zipmap": .linear, "logistic-multiclass": .linear, "logistic-multiclass-double": .linear,
        "poisson-regressor": .linear, "ridge": .linear, "sgd-binary": .linear, "tree-classifier": .trees,
        "tree-regressor": .trees,
    ]
    static let sampled = ["mlp-classifier", "mlp-classifier-binary", "mlp-regressor", "voting", "gaussian-nb"]

    @Test(arguments: exactMethods.keys.sorted() + sampled)
    func everyModelWithAScoreIsExplainedAndAddsUpToItsAnswer(_ name: String) throws {
        let given = try EngineCase(name)
        let explainer = try Explainers.explainer(graph: given.graph, model: given.model, background: given.background)
        #expect(explainer.method == Self.exactMethods[name] ?? .sampling)
        let rows = Array(given.rows.prefix(explainer.method == .sampling ? 2 : 20))
        let batch = try given.model.predict(rows: rows)
        for (row, explanation) in try explainer.explain(rows).enumerated() {
            let sum = explanation.contributions.reduce(explanation.base) { $0 + $1.amount }
            #expect(abs(sum - explanation.score) <= 1e-9 * max(1, abs(sum)))
            let scores = batch.scores(row: row)
            let index = explanation.explainedClass.flatMap { given.model.signature.task.classes.firstIndex(of: $0) }
            let answer = index.flatMap { scores?[$0] } ?? batch.prediction(row: row)?.asNumber
            switch explanation.space {
            case .prediction, .probability:
                #expect(abs(try #require(answer) - explanation.score) <= 1e-4 * max(1, abs(explanation.score)))
            case .logOdds:
                let probability = 1 / (1 + exp(-explanation.score))
                #expect(abs(try #require(answer) - probability) <= 1e-5)
            case .score:
                #expect(answer != nil)
            }
        }
    }

    @Test(arguments: [
        ("voting", "the score comes out of 'Sum', and not out of one tree ensemble or linear model"),
        ("mlp-regressor", "'MatMul' reads columns that are not each made of one field"),
        ("gaussian-nb", "'Sub' makes the score of several results, and not of one tree ensemble or linear model"),
    ])
    func aSampledModelSaysWhyItIsNotExplainedExactly(_ name: String, _ why: String) throws {
        let given = try EngineCase(name)
        let explainer = try Explainers.explainer(graph: given.graph, model: given.model, background: given.background)
        #expect(try explainer.explain([given.rows[0]]).map(\.why) == [why])
    }

    @Test func anExactExplanationHasNothingToExcuse() throws {
        let given = try EngineCase("ridge")
        let explainer = try Explainers.explainer(graph: given.graph, model: given.model, background: given.background)
        #expect(try explainer.explain([given.rows[0]]).map(\.why) == [nil])
    }

    @Test func aModelWithoutAScoreIsRefused() throws {
        let given = try EngineCase("standard-scaler")
        #expect(throws: ModelError.self) {
            try Explainers.explainer(graph: given.graph, model: given.model, background: given.background)
        }
    }

    /// Trees of which the exact values are known, explained by asking the model alone.
    @Test func samplingAgreesWithTheExactValuesOfAModelWithoutInteractions() throws {
        let fixture = try ExplanationFixture("ridge")
        let sampling = try SamplingExplainer(model: fixture.model, background: fixture.background)
        let exact = try EstimatorExplainer(
            fixture.graph, model: fixture.model,
            background: ExplanationBackground(.examples, rows: try #require(fixture.background).rows.evenly(64)))
        for (estimate, truth) in zip(try sampling.explain(fixture.rows), try exact.explain(fixture.rows)) {
            for (left, right) in zip(estimate.contributions, truth.contributions) {
                #expect(abs(left.amount - right.amount) <= 1e-5)
            }
            #expect(abs(estimate.base - truth.base) <= 1e-5)
            #expect(estimate.space == .prediction && estimate.method == .sampling)
        }
    }

    @Test func theErrorOfASampleSaysHowFarItIsOff() throws {
        let fixture = try ExplanationFixture("encoded-boosting")
        let background = try #require(fixture.background)
        let small = try SamplingExplainer(model: fixture.model, background: background)
        let given = try small.explain(Array(fixture.rows.prefix(2)))
        let large = try SamplingExplainer(
            model: fixture.model, background: ExplanationBackground(.examples, rows: background.rows.evenly(600)),
            rowCountMax: 600
        ).explain(Array(fixture.rows.prefix(2)))
        for (estimate, better) in zip(given, large) {
            for (left, right) in zip(estimate.contributions, better.contributions) {
                let error = try #require(left.error)
                #expect(abs(left.amount - right.amount) <= 4 * error + 1e-9, "\(left.field)")
            }
        }
    }

    @Test func theSameRowIsExplainedAlike() throws {
        let given = try EngineCase("mlp-classifier-binary")
        let explainer = try Explainers.explainer(graph: given.graph, model: given.model, background: given.background)
        let row = given.rows[0]
        #expect(try explainer.explain([row]) == explainer.explain([given.rows[1], row]).suffix(1))
    }
}

/// A model of the engines' fixtures with its inputs as rows of cells.
private struct EngineCase {
    let graph: Graph
    let model: Model
    let rows: [[Value]]
    let background: ExplanationBackground?

    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/engines/\(name)")
        let fixture = try EngineFixture(folder: folder)
        graph = try fixture.graph()
        let signature = try Signature(deriving: graph)
        model = try Model(signature: signature, graph: graph, engines: [NativeEngine()])
        let count = fixture.inputs.values.map(\.rowCount).min() ?? 0
        rows = (0..<count).map { row in
            signature.inputs.map { field in
                let tensor = fixture.inputs[field.slot.input]
                return tensor.map { $0.value(at: row * $0.width + field.slot.index) } ?? .missing
            }
        }
        background = ExplanationBackground(.examples, rows: rows)
    }
}
