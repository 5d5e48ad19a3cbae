import SlipwayEngines
import SlipwayModel
import SlipwayONNXRuntime

/// The engines of this program, in order of preference.
enum Engines {
    /// The native engine first; ONNX Runtime takes what it declines.
    static let all = engines(threads: 1)

    /// The same with the most threads that one call may use.
    static func engines(threads: Int) -> [any InferenceEngine] {
        [NativeEngine(threads: threads), ONNXRuntimeEngine(threads: threads)]
    }

    /// The most threads that a command may give to one call.
    static let threadsMax = 256

    /// The names that `--engine` takes.
    static var names: [String] { all.map(\.name) }

    /// The explainer of a package and its loaded model.
    @Sendable
    static func explainer(of package: Package, model: Model) throws -> any Explainer {
        try Explainers.explainer(of: package, model: model)
    }

    /// The explainer of a bare graph and the model that it is loaded as.
    static func explainer(of graph: Graph, model: Model) throws(ModelError) -> any Explainer {
        try Explainers.explainer(of: graph, model: model)
    }

    /// The engine of a name alone, or all of them for `nil`.
    ///
    /// - Parameter threads: The most threads that one call may use.
    static func named(_ name: String?, threads: Int = 1) throws(ModelError) -> [any InferenceEngine] {
        let all = engines(threads: threads)
        guard let name else { return all }
        guard let engine = all.first(where: { $0.name == name }) else {
            throw ModelError(
                .unsupportedModel, "there is no engine '\(name)'",
                hint: "There are \(names.joined(separator: " and ")).")
        }
        return [engine]
    }
}
