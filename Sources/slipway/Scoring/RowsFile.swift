import Foundation
import SlipwayData

/// Rows that may be read more than once, also from a pipe, which gives them only once.
struct RowsFile {
    /// The formats that are known by their ending and not read or written yet.
    private static let otherEndings = ["parquet", "jsonl", "json", "feather", "arrow", "xlsx"]

    private let path: String
    private let bytes: [UInt8]?

    /// Names rows; those of a pipe are read into memory at once.
    ///
    /// - Throws: ``DataError`` for a format that is not read.
    init(path: String) throws(DataError) {
        try Self.requireCSV(path)
        self.path = path
        if path == "-" {
            bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
        } else if !Self.isRegularFile(path), let data = FileManager.default.contents(atPath: path) {
            bytes = Array(data)
        } else {
            bytes = nil
        }
    }

    /// The rows as a table.
    ///
    /// - Parameter types: The types of columns that are not to be inferred.
    func table(types: [String: ColumnType] = [:]) throws(DataError) -> Table {
        guard let bytes else { return try CSVReader.table(contentsOf: path, types: types) }
        return try CSVReader.table(parsing: bytes, types: types, file: path)
    }

    /// Refuses a file or address whose format is not CSV, rather than reading or writing CSV under its name.
    static func requireCSV(_ path: String) throws(DataError) {
        let ending = (path as NSString).pathExtension.lowercased()
        guard otherEndings.contains(ending) || path.contains("://") else { return }
        throw DataError(
            .malformed, "'\(path)' does not name a CSV file, the only format that this version reads and writes",
            hint: "Name a file that ends in .csv, or - for a pipe.")
    }

    private static func isRegularFile(_ path: String) -> Bool {
        let target = (path as NSString).resolvingSymlinksInPath
        let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        return type == .typeRegular
    }
}
