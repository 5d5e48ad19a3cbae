import SlipwayModel

/// An engine that runs nothing.
struct DecliningEngine: InferenceEngine {
    let name = "declining"

    func support(for graph: Graph) -> EngineSupport { .unsupported(reasons: ["it declines everything"]) }

    func load(_ graph: Graph) throws(ModelError) -> any Predictor {
        throw ModelError(.unsupportedModel, "it declines everything")
    }
}
