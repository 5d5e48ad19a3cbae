public import SlipwayModel

/// The claims that every ``InferenceEngine`` must hold, each as a function that says how it is broken.
///
/// A test runs ``problems(with:)`` for each fixture and expects none; a fixture that the engine declines has none, so the
/// test also states with ``declined(of:)`` what may be declined.
public struct EngineConformance: Sendable {
    /// The engine under test.
    public var engine: any InferenceEngine
    /// How much its answers may differ from the expected ones.
    public var comparison: OutputComparison

    /// Makes the suite for an engine.
    public init(engine: any InferenceEngine, comparison: OutputComparison = OutputComparison()) {
        self.engine = engine
        self.comparison = comparison
    }

    /// The names of the fixtures that the engine declines, with its reasons.
    public func declined(of fixtures: [EngineFixture]) throws(ModelError) -> [String: [String]] {
        var result: [String: [String]] = [:]
        for fixture in fixtures {
            let graph = try ONNXModel(bytes: fixture.model).graph()
            if case .unsupported(let reasons) = engine.support(for: graph) { result[fixture.name] = reasons }
        }
        return result
    }

    /// All broken claims of one fixture in words; empty for an engine that conforms or declines the graph.
    public func problems(with fixture: EngineFixture) async -> [String] {
        do {
            let graph = try ONNXModel(bytes: fixture.model).graph()
            guard engine.support(for: graph).isSupported else { return [] }
            let trial = Trial(
                graph: graph, predictor: try engine.load(graph), fixture: fixture, comparison: comparison)
            let expected = trial.expectedOutputs()
            if !expected.isEmpty { return expected }
            return trial.singleRows() + trial.missingInputs() + trial.wrongTypes() + trial.wrongWidths()
                + trial.noRows() + (await trial.concurrentCalls())
        } catch {
            return ["the graph is not loaded: \(error)"]
        }
    }
}
