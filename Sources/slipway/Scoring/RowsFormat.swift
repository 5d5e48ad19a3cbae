import Foundation
import SlipwayData

/// How rows are written in a file, told by its name.
enum RowsFormat: Equatable {
    case csv
    case jsonLines
    case parquet

    /// The endings of formats that are not read or written.
    private static let otherEndings = ["json", "feather", "arrow", "xlsx"]

    /// The format of a path; `-` is CSV, and a folder holds Parquet.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for another format, rather than reading or writing CSV under its name.
    init(of path: String) throws(DataError) {
        let ending = (path as NSString).pathExtension.lowercased()
        var isFolder = ObjCBool(false)
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if ending == "parquet" || (exists && isFolder.boolValue) {
            self = .parquet
        } else if ["jsonl", "ndjson"].contains(ending) {
            self = .jsonLines
        } else if Self.otherEndings.contains(ending) || path.contains("://") {
            throw DataError(
                .malformed, "'\(path)' names no file of a format that this version reads and writes",
                hint: "Name a file that ends in .csv, .jsonl, or .parquet, or - for a pipe with CSV.")
        } else {
            self = .csv
        }
    }

    /// Whether rows are numbered by their lines.
    var hasLines: Bool { self != .parquet }
}
