public import Foundation
public import SlipwayModel

/// A model with inputs and the outputs that a reference implementation gave for them.
///
/// On disk it is a folder with `model.onnx` and `case.json`, which holds
/// `{"inputs": {NAME: {"type", "shape", "data"}}, "outputs": [{"name", "type", "shape", "data", "labels"}]}`; numbers
/// that JSON cannot write are the texts `NaN`, `Infinity`, and `-Infinity`.
public struct EngineFixture: Sendable, CustomStringConvertible {
    /// The name of the folder.
    public var name: String
    /// The bytes of the model.
    public var model: Data
    /// The inputs by name.
    public var inputs: [String: Tensor]
    /// The outputs expected, in the order of the graph.
    public var outputs: [PredictorOutput]

    /// The name, as test reports show it.
    public var description: String { name }

    /// Reads the fixture in a folder.
    public init(folder: URL) throws {
        name = folder.lastPathComponent
        model = try Data(contentsOf: folder.appendingPathComponent("model.onnx"))
        let file = folder.appendingPathComponent("case.json")
        let root = try FixtureReader.object(JSONSerialization.jsonObject(with: Data(contentsOf: file)), in: name)
        inputs = try FixtureReader.object(root["inputs"], in: name).mapValues { try FixtureReader.tensor($0, in: "") }
        let described = root["outputs"] as? [Any] ?? []
        let fixture = name
        outputs = try described.map { described in
            let object = try FixtureReader.object(described, in: fixture)
            return PredictorOutput(
                name: object["name"] as? String ?? "", tensor: try FixtureReader.tensor(described, in: fixture),
                labels: object["labels"] as? [String])
        }
    }

    /// The model as a graph.
    public func graph() throws(ModelError) -> Graph { try ONNXModel(bytes: model).graph() }

    /// Reads all fixtures below a folder, in the order of their names.
    public static func all(in folder: URL) throws -> [EngineFixture] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { FileManager.default.fileExists(atPath: $0.appendingPathComponent("case.json").path) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map(EngineFixture.init(folder:))
    }
}
