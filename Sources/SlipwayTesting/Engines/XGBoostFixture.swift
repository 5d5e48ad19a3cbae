public import Foundation
public import SlipwayData
public import SlipwayModel

/// An XGBoost model with rows, and what XGBoost itself sums and predicts for them.
///
/// On disk it is a folder with `model.json` or `model.ubj`, and `case.json`, which holds `{"rows", "margins",
/// "predictions"}`, each a list of rows; a number is spelled as hexadecimal text behind an equals sign.
public struct XGBoostFixture: Sendable, CustomStringConvertible {
    /// The name of the folder.
    public var name: String
    /// The bytes of the model.
    public var model: Data
    /// The rows, numbers still as doubles.
    public var rows: [[Value]]
    /// The sums per row and output, in single precision.
    public var margins: [[Float]]
    /// XGBoost's predictions per row and output, in single precision.
    public var predictions: [[Float]]

    /// The name, as test reports show it.
    public var description: String { name }

    /// Reads the fixture in a folder.
    public init(folder: URL) throws {
        name = folder.lastPathComponent
        let files = ["model.json", "model.ubj"].map { folder.appendingPathComponent($0) }
        let file = files.first { FileManager.default.fileExists(atPath: $0.path) } ?? files[0]
        model = try Data(contentsOf: file)
        let document = try JSONValue(parsing: Data(contentsOf: folder.appendingPathComponent("case.json")))
        rows = Self.table(document["rows"]).map { $0.map(Self.cell) }
        margins = Self.table(document["margins"]).map { $0.map(Self.single) }
        predictions = Self.table(document["predictions"]).map { $0.map(Self.single) }
    }

    /// Reads all fixtures below a folder, in the order of their names.
    public static func all(in folder: URL) throws -> [XGBoostFixture] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { FileManager.default.fileExists(atPath: $0.appendingPathComponent("case.json").path) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map(XGBoostFixture.init(folder:))
    }

    /// The rows as the inputs of a graph, which has one matrix or a column per feature.
    public func tensors(for graph: Graph) -> [String: Tensor] {
        if graph.inputs.count == 1 {
            let elements = rows.flatMap { row in row.map { Float($0.asNumber ?? .nan) } }
            return [graph.inputs[0].name: Tensor(shape: [rows.count, rows[0].count], elements: .float32(elements))]
        }
        var tensors: [String: Tensor] = [:]
        for (index, input) in graph.inputs.enumerated() {
            let cells = rows.map { $0[index] }
            let isText = input.type.elementType == .string
            tensors[input.name] = Tensor(
                shape: [rows.count, 1],
                elements: isText
                    ? .string(cells.map(\.text)) : .float32(cells.map { Float($0.asNumber ?? .nan) }))
        }
        return tensors
    }

    private static func table(_ value: JSONValue?) -> [[JSONValue]] {
        guard case .array(let rows)? = value else { return [] }
        return rows.map { row in
            guard case .array(let cells) = row else { return [] }
            return cells
        }
    }

    private static func cell(_ value: JSONValue) -> Value {
        guard case .string(let text) = value, text.hasPrefix("=") else { return value.asValue ?? .missing }
        return .number(Double(text.dropFirst()) ?? .nan)
    }

    private static func single(_ value: JSONValue) -> Float { cell(value).asNumber.map { Float($0) } ?? .nan }
}
