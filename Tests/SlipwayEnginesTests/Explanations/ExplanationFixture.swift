import Foundation
import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayEngines

/// A model with rows and the contributions that shap gives them; see `dev/references/shap_values.py`.
struct ExplanationFixture: Sendable, CustomStringConvertible {
    let name: String
    let graph: Graph
    let model: Model
    let rows: [[Value]]
    let background: ExplanationBackground?
    let bases: [Double]
    let scores: [Double]
    let contributions: [[Double]]
    let classes: [String]?

    var description: String { name }

    init(_ name: String) throws {
        self.name = name
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/explanations/\(name)")
        let json = try JSONValue(parsing: Array(Data(contentsOf: folder.appending(path: "case.json"))))
        graph = try ONNXModel(bytes: Self.model(in: folder)).graph()
        let fields = try Self.list(json, "fields").compactMap { $0.asValue?.text }
        let signature = try Signature(
            deriving: graph, options: SignatureOptions(columns: graph.inputs.count == 1 ? fields : nil))
        model = try Model(signature: signature, graph: graph, engines: [NativeEngine()])
        #expect(signature.inputs.map(\.name) == fields)
        rows = try Self.rows(json, "rows")
        background =
            json["background"] == nil
            ? nil : ExplanationBackground(.examples, rows: try Self.rows(json, "background"))
        bases = try Self.list(json, "bases").compactMap { $0.asValue?.asNumber }
        scores = try Self.list(json, "scores").compactMap { $0.asValue?.asNumber }
        contributions = try Self.rows(json, "contributions").map { $0.compactMap(\.asNumber) }
        classes = json["classes"] == nil ? nil : try Self.list(json, "classes").compactMap { $0.asValue?.text }
    }

    private static func model(in folder: URL) throws -> Data {
        if let bytes = try? Data(contentsOf: folder.appending(path: "model.txt")) {
            return try LightGBMModel(bytes: bytes).onnx()
        }
        if let bytes = try? Data(contentsOf: folder.appending(path: "model.json")) {
            return try XGBoostModel(bytes: bytes).onnx()
        }
        return try Data(contentsOf: folder.appending(path: "model.onnx"))
    }

    private static func list(_ json: JSONValue?, _ name: String? = nil) throws -> [JSONValue] {
        guard case .array(let items)? = name.map({ json?[$0] }) ?? json else { throw MissingList(name: name) }
        return items
    }

    private static func rows(_ json: JSONValue, _ name: String) throws -> [[Value]] {
        try list(json, name).map { try list($0).compactMap(\.asValue) }
    }

    private struct MissingList: Error { let name: String? }
}
