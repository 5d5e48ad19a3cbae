import Foundation
import SlipwayModel
import Testing

/// One folder of `Tests/Fixtures/engines`: a model, its inputs, and what ONNX Runtime answers.
struct EngineFixture: CustomTestStringConvertible {
    let name: String

    var testDescription: String { name }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/engines").standardizedFileURL

    static let all: [EngineFixture] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map(EngineFixture.init)
    }()

    func graph() throws -> Graph {
        try ONNXModel(contentsOf: Self.folder.appending(path: "\(name)/model.onnx").path).graph()
    }

    func inputs() throws -> [String: Tensor] {
        let inputs = try #require(try content()["inputs"] as? [String: [String: Any]])
        return try inputs.mapValues(Self.tensor)
    }

    func outputs() throws -> [PredictorOutput] {
        let outputs = try #require(try content()["outputs"] as? [[String: Any]])
        return try outputs.map { output in
            PredictorOutput(
                name: try #require(output["name"] as? String), tensor: try Self.tensor(output),
                labels: output["labels"] as? [String])
        }
    }

    private func content() throws -> [String: Any] {
        let bytes = try Data(contentsOf: Self.folder.appending(path: "\(name)/case.json"))
        return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }

    private static func tensor(_ described: [String: Any]) throws -> Tensor {
        let shape = try #require(described["shape"] as? [Int])
        let data = try #require(described["data"] as? [Any])
        let elements: Tensor.Elements
        switch described["type"] as? String {
        case "float32": elements = .float32(data.map { Float(number($0)) })
        case "float64": elements = .float64(data.map(number))
        case "int32": elements = .int32(data.map { Int32(number($0)) })
        case "int64": elements = .int64(data.map { ($0 as? NSNumber)?.int64Value ?? 0 })
        case "bool": elements = .bool(data.map { ($0 as? NSNumber)?.boolValue ?? false })
        default: elements = .string(data.map { $0 as? String ?? "" })
        }
        return Tensor(shape: shape, elements: elements)
    }

    private static func number(_ value: Any) -> Double {
        if let number = value as? NSNumber { return number.doubleValue }
        switch value as? String {
        case "Infinity": return .infinity
        case "-Infinity": return -.infinity
        default: return .nan
        }
    }
}
