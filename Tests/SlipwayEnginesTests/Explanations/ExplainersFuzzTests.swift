import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayEngines

/// Broken variants of every fixture: an explainer may refuse them with its error, and must never trap.
struct ExplainersFuzzTests {
    @Test(arguments: 0..<4) func mutatedGraphsAreExplainedOrRefused(_ seed: Int) throws {
        let names = EstimatorExplainerTests.treeCases + ["encoded-logistic", "ridge"]
        let fixtures = try names.map(ExplanationFixture.init)
        var mutator = GraphMutator(seed: UInt64(1_000 + seed))
        var (explained, refused) = (0, 0)
        for _ in 0..<120 {
            let fixture = fixtures[mutator.index(below: fixtures.count)]
            let graph = mutator.mutated(fixture.graph)
            do {
                try explain(fixture, with: graph)
                explained += 1
            } catch let error as ModelError {
                #expect(!error.message.isEmpty)
                refused += 1
            }
        }
        // A mutator that breaks nothing, or everything at the door, would prove little.
        #expect(explained > 10)
        #expect(refused > 20)
    }

    private func explain(_ fixture: ExplanationFixture, with graph: Graph) throws {
        let model = try Model(signature: fixture.model.signature, graph: graph, engines: [NativeEngine()])
        var background: ExplanationBackground?
        if let given = fixture.background {
            background = ExplanationBackground(given.source, rows: given.rows.evenly(8))
        }
        let explainer = try Explainers.explainer(graph: graph, model: model, background: background)
        _ = try explainer.explain(Array(fixture.rows.prefix(2)))
    }
}
