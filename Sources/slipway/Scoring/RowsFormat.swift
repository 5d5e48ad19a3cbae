import Foundation
import SlipwayData

/// How rows are written, told by the name of the file or table.
enum RowsFormat: Equatable {
    case csv
    case jsonLines
    case parquet
    /// A table of a source, or a query over one.
    case table

    /// The endings of formats that are not read or written.
    private static let otherEndings = ["json", "feather", "arrow", "xlsx"]

    /// The format of a path; `-` is CSV, and a folder holds Parquet.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for another format, rather than reading or writing CSV under its
    ///   name.
    init(of path: String) throws(DataError) {
        let ending = (path as NSString).pathExtension.lowercased()
        var isFolder = ObjCBool(false)
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if ending == "parquet" || (exists && isFolder.boolValue) {
            self = .parquet
        } else if !exists, TablePlace(path) != nil {
            self = .table
        } else if ["jsonl", "ndjson"].contains(ending) {
            self = .jsonLines
        } else if Self.otherEndings.contains(ending) || path.contains("://") {
            throw DataError(
                .malformed, "'\(path)' names no file of a format that this version reads and writes",
                hint: "Name a file that ends in .csv, .jsonl, or .parquet, a table as SOURCE#TABLE, or - for CSV.")
        } else {
            self = .csv
        }
    }

    /// How names of files of the format end; that of a table says nothing.
    var ending: String {
        switch self {
        case .csv, .table: "csv"
        case .jsonLines: "jsonl"
        case .parquet: "parquet"
        }
    }

    /// Whether rows are numbered by their lines.
    var hasLines: Bool { self == .csv || self == .jsonLines }
}
