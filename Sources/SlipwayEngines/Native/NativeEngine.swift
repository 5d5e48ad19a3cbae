public import SlipwayModel

/// The engine written in Swift: the one whose answers the others are compared with.
///
/// It covers what scikit-learn pipelines, linear models and tree ensembles export to; a graph with any other
/// operator is declined with the names of its nodes.
public struct NativeEngine: InferenceEngine {
    /// The most threads that one prediction may use.
    public let threads: Int

    /// Makes an engine.
    ///
    /// - Parameter threads: The most threads that one prediction may use; answers do not depend on it. One, the calling
    ///   thread, is best for a server, which runs many predictions at once. More help a large batch alone: so far trees
    ///   share the rows of a batch, where it is estimated to pay.
    public init(threads: Int = 1) { self.threads = max(threads, 1) }

    /// The name shown in logs, metrics, and reports.
    public let name = "native"

    /// Says whether every node of a graph is covered, and if not, names each that is not.
    ///
    /// - Complexity: That of ``load(_:)``, since attributes are checked as well.
    public func support(for graph: Graph) -> EngineSupport {
        let problems = PlanBuilder(graph).problems
        return problems.isEmpty ? .supported : .unsupported(reasons: problems.map(\.message))
    }

    /// Compiles a graph into kernels with prepared constants.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` that lists all nodes not covered, or `invalidGraph` for an
    ///   attribute that breaks its operator's contract.
    public func load(_ graph: Graph) throws(ModelError) -> any Predictor {
        NativePredictor(plan: try PlanBuilder(graph, threads: RowThreads(threads)).finish())
    }
}
