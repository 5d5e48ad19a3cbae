import Foundation
import SlipwayData
import SlipwayModel

/// Reads example rows with the types that a model's fields have.
enum ExampleRows {
    /// The rows of a CSV file.
    ///
    /// Types are inferred first, for they decide much of a signature. A field that the model reads as text is then read
    /// as text, so that `007` stays what it is.
    ///
    /// - Throws: ``DataError`` when the file cannot be read; a model that does not fit is left for the push to refuse.
    static func read(_ path: String, for model: Data, options: SignatureOptions) throws(DataError) -> Table {
        let inferred = try CSVReader.table(contentsOf: path)
        guard let graph = try? ONNXModel(bytes: model).graph(),
            let signature = try? Signature(deriving: graph, examples: inferred, options: options)
        else { return inferred }
        var types: [String: ColumnType] = [:]
        for field in signature.inputs where field.type == .string && inferred[field.name]?.type != .string {
            types[field.name] = .string
        }
        return types.isEmpty ? inferred : try CSVReader.table(contentsOf: path, types: types)
    }
}
