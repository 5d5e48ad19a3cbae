public import SlipwayModel

/// Finds the way in which a model can be explained.
public enum Explainers {
    /// The explainer of a packaged model: exact where one tree ensemble or linear model gives the score, else sampling.
    ///
    /// - Parameter model: The package's model, loaded by any engine.
    /// - Throws: ``ModelError`` of kind `unsupportedModel` when the model has no score, or neither counts its training
    ///   rows nor has examples; what reading the examples throws.
    /// - Complexity: That of predicting up to 5,000 example rows.
    public static func explainer(of package: Package, model: Model) throws -> any Explainer {
        try explainer(graph: package.graph, model: model, background: ExplanationBackground(package))
    }

    /// The explainer of a bare model, which has no examples: only trees that count their training rows have one.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel`.
    public static func explainer(of graph: Graph, model: Model) throws(ModelError) -> any Explainer {
        try explainer(graph: graph, model: model, background: nil)
    }

    /// The explainer of a model with the rows that stand for what is not known.
    static func explainer(
        graph: Graph, model: Model, background: ExplanationBackground?
    ) throws(ModelError) -> any Explainer {
        do {
            return try EstimatorExplainer(graph, model: model, background: background)
        } catch {
            // Whatever keeps a model from being explained exactly, it can be asked.
            return try SamplingExplainer(model: model, background: background, why: words(of: error))
        }
    }

    /// Why a model is not explained exactly, without where in the graph and what to do.
    private static func words(of error: any Error) -> String {
        switch error {
        case let problem as KernelProblem: problem.message
        case let error as ModelError: error.message
        default: "\(error)"
        }
    }
}
