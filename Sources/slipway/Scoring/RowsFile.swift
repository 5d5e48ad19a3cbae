import Foundation
import SlipwayData
import SlipwayModel

/// Rows for a model, read once and parsed twice: how the cells are read depends on the model's fields, whose names may
/// depend on the header, and standard input and pipes give their bytes only once.
struct RowsFile {
    private let path: String
    private let bytes: [UInt8]

    /// The endings of formats that are not read or written yet.
    private static let otherEndings = ["parquet", "jsonl", "json", "feather", "arrow", "xlsx"]

    /// Reads a CSV file, or standard input as `-`.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`, or `malformed` for a format that is not read.
    init(path: String) throws(DataError) {
        try Self.requireCSV(path)
        self.path = path
        do {
            let url = URL(filePath: path)
            let file = path == "-" ? .standardInput : try FileHandle(forReadingFrom: url)
            bytes = Array(try file.readToEnd() ?? Data())
        } catch {
            // The reader of tables knows how to say why a file cannot be read.
            _ = try CSVReader.table(contentsOf: path)
            throw DataError(.unreadable, "cannot read '\(path)'")
        }
    }

    /// The rows.
    ///
    /// - Parameter types: The types of columns; the others are inferred.
    /// - Throws: ``DataError`` with the line.
    func table(types: [String: ColumnType] = [:]) throws(DataError) -> Table {
        try CSVReader.table(parsing: bytes, types: types, file: path)
    }

    /// The rows in the types of a signature's fields.
    ///
    /// Whole numbers may be written as `7.0`, as pandas does wherever the column once had a gap.
    ///
    /// - Throws: ``DataError`` with the line.
    func table(for signature: Signature) throws(DataError) -> Table {
        do {
            return try table(types: signature.columnTypes)
        } catch  where error.kind == .wrongType {
            return try table(types: signature.columnTypes.mapValues { $0 == .integer ? .number : $0 })
        }
    }

    /// Refuses a file or address whose format is not CSV, rather than reading or writing CSV under its name.
    static func requireCSV(_ path: String) throws(DataError) {
        let ending = (path as NSString).pathExtension.lowercased()
        guard otherEndings.contains(ending) || path.contains("://") else { return }
        throw DataError(
            .malformed, "'\(path)' does not name a CSV file, the only format that this version reads and writes",
            hint: "Name a file that ends in .csv, or - for a pipe.")
    }

    /// Refuses to write over the rows that are read: the answers do not hold them.
    static func requireOther(than source: String, _ destination: String) throws(DataError) {
        guard source != "-", destination != "-" else { return }
        let files = [source, destination].map { URL(filePath: $0).resolvingSymlinksInPath().standardizedFileURL.path }
        guard files[0] == files[1] else { return }
        throw DataError(
            .unwritable, "'\(destination)' holds the rows, and the predictions would replace them",
            hint: "Name another file with --to.")
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
