import Foundation
import SlipwayData

/// A file that is a table.
struct TableFile {
    /// How the rows are written.
    enum Kind: String, CaseIterable {
        case csv
        case tsv
        case parquet
        case jsonl
        case ndjson
    }

    /// The endings of names that are known.
    static let endings = Kind.allCases.map { ".\($0.rawValue)" }
    /// The longest line of CSV or JSON, in bytes; the library reads them in pieces of twice that.
    static let lineByteCountMax = 4 << 20

    private static let dialect =
        "header = true, quote = '\"', escape = '\"', skip = 0, comment = '', "
        + "max_line_size = \(lineByteCountMax), buffer_size = \(2 * lineByteCountMax)"

    /// The name of the table: that of the file without its ending.
    let table: String
    /// The name of the file.
    let name: String
    private let path: String
    private let kind: Kind

    /// Takes a file; `nil` for one whose ending is not known.
    init?(_ file: URL) {
        guard let kind = Kind(rawValue: file.pathExtension.lowercased()) else { return nil }
        self.kind = kind
        table = file.deletingPathExtension().lastPathComponent
        name = file.lastPathComponent
        path = file.path
    }

    /// Opens the file.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`.
    func open() throws(DataError) -> DescriptorFile { try DescriptorFile(reading: path) }

    /// The function that reads the file.
    func reader(of file: String, typesBy sample: TypeSample) -> String {
        let place = SQLText.literal(file)
        let size = "sample_size = \(sample.rowCount)"
        switch kind {
        // Left to itself the library guesses delimiters, comments, and lines to pass over, and finds some in broken files.
        case .csv: return "read_csv(\(place), delim = ',', \(Self.dialect), \(size))"
        case .tsv: return "read_csv(\(place), delim = '\t', \(Self.dialect), \(size))"
        case .parquet: return "read_parquet(\(place))"
        case .jsonl, .ndjson:
            return "read_json(\(place), format = 'newline_delimited', \(size), "
                + "maximum_object_size = \(Self.lineByteCountMax))"
        }
    }
}
