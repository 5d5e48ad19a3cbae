import Foundation
import SlipwayData
import SlipwayModel

/// Rows for a model in a file of CSV or JSON Lines, or a pipe.
///
/// How the cells are read depends on the model's fields, whose names may depend on the header, and a pipe gives its
/// bytes only once: they are kept when the rows are read as a whole.
final class RowsFile {
    /// The file, or `-` for standard input.
    let path: String
    private let isCSV: Bool
    private var bytes: [UInt8]?

    /// Names a file, or CSV from standard input as `-`.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for a format that is neither.
    init(path: String) throws(DataError) {
        let format = try RowsFormat(of: path)
        guard format != .parquet else {
            throw DataError(
                .malformed, "'\(path)' names no file of CSV or JSON Lines",
                hint: "Name a file that ends in .csv or .jsonl, or - for a pipe.")
        }
        self.path = path
        isCSV = format == .csv
    }

    /// All rows.
    ///
    /// - Parameter types: The types of columns; the others are inferred.
    /// - Throws: ``DataError`` with the line.
    func table(types: [String: ColumnType] = [:]) throws(DataError) -> Table {
        let read: [UInt8]
        if let bytes {
            read = bytes
        } else {
            read = try InputFile.bytes(of: path, byteCountMax: CSVLimits.default.byteCountMax)
        }
        bytes = read
        guard !isCSV else { return try CSVReader.table(parsing: read, types: types, file: path) }
        let reader = try JSONLinesReader(contentsOf: read, types: types, file: path)
        if let table = try reader.nextBatch(rows: .max) { return table }
        return try reader.columnsAlone
    }

    /// All rows in the types of a signature's fields.
    ///
    /// - Throws: ``DataError`` with the line.
    func table(for signature: Signature) throws(DataError) -> Table { try table(types: signature.columnTypes) }

    /// The rows in the types of a signature's fields, other columns of CSV as text, from the first one on; once for a pipe
    /// that was not read before.
    ///
    /// - Throws: ``DataError`` with the line.
    func batches(for signature: Signature) throws(DataError) -> RowBatches {
        let types = signature.columnTypes
        switch (isCSV, bytes) {
        case (true, nil): return try RowBatches(CSVReader(contentsOf: path, types: types))
        case (true, let bytes?): return try RowBatches(CSVReader(contentsOf: bytes, types: types, file: path))
        case (false, nil): return try RowBatches(JSONLinesReader(contentsOf: path, types: types))
        case (false, let bytes?): return try RowBatches(JSONLinesReader(contentsOf: bytes, types: types, file: path))
        }
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
