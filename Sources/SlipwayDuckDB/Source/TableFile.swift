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
    /// The largest object of one line of JSON, in bytes.
    static let lineByteCountMax = 16 << 20

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

    /// Makes the table known to a database that may read the opened file.
    ///
    /// - Throws: ``DataError`` when it cannot be read.
    func offer(_ file: DescriptorFile, to database: Database) throws(DataError) {
        try database.run("CREATE VIEW \(SQLText.name(table)) AS SELECT * FROM \(reader(of: file.name))")
    }

    /// The function that reads the file.
    ///
    /// Types are those of all rows: one that comes late breaks no query.
    private func reader(of file: String) -> String {
        let place = SQLText.literal(file)
        switch kind {
        case .csv: return "read_csv(\(place), header = true, sample_size = -1)"
        case .tsv: return "read_csv(\(place), header = true, sample_size = -1, delim = '\t')"
        case .parquet: return "read_parquet(\(place))"
        case .jsonl, .ndjson:
            return "read_json(\(place), format = 'newline_delimited', sample_size = -1, maximum_object_size = "
                + "\(Self.lineByteCountMax))"
        }
    }
}
