public import SlipwayModel

/// The engine that runs graphs with the ONNX Runtime library; it takes what the native engine declines.
///
/// The library is opened at run time (see ``Library``). Where it is absent, every graph is declined with the way to
/// install it, and nothing else changes.
public struct ONNXRuntimeEngine: InferenceEngine {
    /// The domains whose operators the library holds; the empty one is the standard.
    static let domains: Set<String> = [
        "", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "com.microsoft", "com.microsoft.nchwc",
    ]

    /// The name in logs and metrics.
    public let name = "onnxruntime"
    /// The threads that one prediction may use.
    public let threads: Int
    private let library: @Sendable () -> Library

    /// Makes an engine.
    ///
    /// - Parameters:
    ///   - threads: The threads that one prediction may use. One is best for a server, which runs many predictions at
    ///     once; more help large batches alone.
    ///   - library: The library to run with, which is opened when a graph first asks for it: it takes some 15 MiB.
    public init(threads: Int = 1, library: @autoclosure @escaping @Sendable () -> Library = .shared) {
        self.threads = max(threads, 1)
        self.library = library
    }

    /// Declines every graph where the library is absent, and graphs with operators that it does not hold.
    public func support(for graph: Graph) -> EngineSupport {
        if let reason = library().reason { return .unsupported(reasons: [reason]) }
        if graph.source.isEmpty { return .unsupported(reasons: ["The graph was not read from ONNX bytes."]) }
        let foreign = graph.nodes.filter {
            !ONNXRuntimeEngine.domains.contains($0.domain) && !graph.functions.contains($0.qualifiedOperator)
        }
        if foreign.isEmpty { return .supported }
        return .unsupported(
            reasons: foreign.map {
                "The node '\($0.name)' uses \($0.qualifiedOperator), which ONNX Runtime does not hold."
            })
    }

    /// Makes a session from the graph's bytes.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` when the library is absent or refuses the model; the message
    ///   holds its reason.
    public func load(_ graph: Graph) throws(ModelError) -> any Predictor {
        if case .unsupported(let reasons) = support(for: graph) {
            throw ModelError(.unsupportedModel, reasons.joined(separator: " "))
        }
        let library = library()
        guard let runtime = library.runtime else { throw ModelError(.unsupportedModel, library.reason ?? "") }
        return try ONNXRuntimePredictor(graph: graph, runtime: runtime, threads: threads, engineName: name)
    }
}
