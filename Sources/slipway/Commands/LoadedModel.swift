import SlipwayModel

/// A model that a command was told to use, with what is needed to explain it.
struct LoadedModel {
    /// The model, loaded.
    let model: Model
    /// Its graph.
    let graph: Graph
    /// The package that it comes from; `nil` for a bare file.
    let package: Package?
    /// The number of its version; `nil` for what is not in the registry.
    let version: Int?

    /// Makes the model's explainer.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` when there is nothing to compare rows with.
    func explainer() throws -> any Explainer {
        guard let package else { return try Engines.explainer(of: graph, model: model) }
        return try Engines.explainer(of: package, model: model)
    }
}
