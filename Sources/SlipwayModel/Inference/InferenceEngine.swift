/// A type that loads model graphs into predictors.
///
/// ## Contract for implementers
/// - ``support(for:)`` never throws and names every reason why a graph cannot be run.
/// - ``load(_:)`` does the slow work once; it throws ``ModelError`` for a graph that ``support(for:)`` declines.
/// - Results agree with the other engines within 1e-5 relative; `EngineConformance` in the test kit checks it.
public protocol InferenceEngine: Sendable {
    /// The name shown in logs, metrics, and reports: `native`, `onnxruntime`.
    var name: String { get }

    /// Says whether this engine can run a graph, and if not, why.
    func support(for graph: Graph) -> EngineSupport

    /// Prepares a graph for repeated prediction.
    func load(_ graph: Graph) throws(ModelError) -> any Predictor
}
