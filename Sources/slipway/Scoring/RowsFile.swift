import Foundation
import SlipwayData
import SlipwayModel

/// Rows for a model in a CSV file or a pipe.
///
/// How the cells are read depends on the model's fields, whose names may depend on the header, and a pipe gives its
/// bytes only once: they are kept when the rows are read as a whole.
final class RowsFile {
    /// The file, or `-` for standard input.
    let path: String
    private var bytes: [UInt8]?

    /// Names a CSV file, or standard input as `-`.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for a format that is not CSV.
    init(path: String) throws(DataError) {
        guard try RowsFormat(of: path) == .csv else {
            throw DataError(
                .malformed, "'\(path)' does not name a CSV file",
                hint: "Name a file that ends in .csv, or - for a pipe.")
        }
        self.path = path
    }

    /// All rows.
    ///
    /// - Parameter types: The types of columns; the others are inferred.
    /// - Throws: ``DataError`` with the line.
    func table(types: [String: ColumnType] = [:]) throws(DataError) -> Table {
        if let bytes { return try CSVReader.table(parsing: bytes, types: types, file: path) }
        let read = try InputFile.bytes(of: path, byteCountMax: CSVLimits.default.byteCountMax)
        bytes = read
        return try CSVReader.table(parsing: read, types: types, file: path)
    }

    /// All rows in the types of a signature's fields.
    ///
    /// - Throws: ``DataError`` with the line.
    func table(for signature: Signature) throws(DataError) -> Table { try table(types: signature.columnTypes) }

    /// The rows in the types of a signature's fields, and other columns as text, from the first one on; once for a pipe
    /// that was not read before.
    ///
    /// - Throws: ``DataError`` with the line.
    func batches(for signature: Signature) throws(DataError) -> CSVBatches {
        let types = signature.columnTypes
        guard let bytes else { return CSVBatches(try CSVReader(contentsOf: path, types: types)) }
        return CSVBatches(try CSVReader(contentsOf: bytes, types: types, file: path))
    }

    /// The rows as examples of a model: a code of digits stays a text where the model reads text.
    ///
    /// - Throws: ``DataError`` with the line, or ``ModelError`` when the columns do not fit the model.
    func examples(for model: Data, options: SignatureOptions) throws -> Table {
        let graph = try ONNXModel(bytes: model).graph()
        let signature = try Signature(deriving: graph, examples: table(), options: options)
        return try table(for: signature)
    }
}

extension Signature {
    /// The type of each field by its name.
    var columnTypes: [String: ColumnType] {
        Dictionary(inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    }
}
