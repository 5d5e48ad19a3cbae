import SlipwayEngines
import SlipwayModel
import SlipwayONNXRuntime

/// The engines of this program, in order of preference.
enum Engines {
    /// The native engine first; ONNX Runtime takes what it declines.
    static let all: [any InferenceEngine] = [NativeEngine(), ONNXRuntimeEngine()]

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
    static func named(_ name: String?) throws(ModelError) -> [any InferenceEngine] {
        guard let name else { return all }
        guard let engine = all.first(where: { $0.name == name }) else {
            throw ModelError(
                .unsupportedModel, "there is no engine '\(name)'",
                hint: "There are \(names.joined(separator: " and ")).")
        }
        return [engine]
    }
}
