import Foundation
import SlipwayData
import SlipwayDuckDB

/// A folder of results with a folder below it for each value of some columns, such as `contract=One%20year`, as Hive
/// names them.
///
/// The folder is written beside its place and takes it at once, also that of an older one.
struct PartitionedFolder {
    /// How the files below are written.
    enum Format: String, CaseIterable {
        case parquet, csv
    }

    /// The most folders below.
    static let partitionCountMax = 1_000
    /// The most columns that tell rows apart.
    static let columnCountMax = 4
    /// The most bytes of a folder's name; file systems take 255.
    static let nameByteCountMax = 240
    /// The name for rows without a value, as Hive has it.
    static let missingName = "__HIVE_DEFAULT_PARTITION__"
    /// The file that says what the folder holds; readers of such folders pass over names that begin so.
    static let manifestName = "_slipway.json"

    let path: String
    let columns: [String]
    let format: Format
    let memoryByteCountMax: Int

    /// Refuses a place where something else stands, before any work is done.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    func examine() throws(DataError) {
        let files = FileManager.default
        var isFolder = ObjCBool(false)
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw DataError(.unwritable, "'\(path)' is a file", hint: "Name a folder with --to.")
        }
        let names = (try? files.contentsOfDirectory(atPath: path)) ?? []
        guard names.isEmpty || names.contains(Self.manifestName) else {
            throw DataError(
                .unwritable, "the folder '\(path)' holds files that are no results, and would be replaced",
                hint: "Name another folder with --to.")
        }
    }

    /// Writes the rows of Parquet files, and puts the folder in its place.
    ///
    /// - Throws: ``DataError``; the folder that was there before is then still there.
    func write(_ parts: [String], rowCount: Int) throws(DataError) {
        try examine()
        let rows = ParquetParts(parts, memoryByteCountMax: memoryByteCountMax)
        let kept = try keptColumns(of: rows)
        let values: [[String?]]
        do {
            values = try rows.values(of: columns, countMax: Self.partitionCountMax)
        } catch  where error.kind == .limitExceeded && error.hint == nil {
            throw DataError(
                .limitExceeded, "\(error.message), each of which would be a folder",
                hint: "Partition by columns with fewer values, or allow more with --memory.")
        }
        let staged = "\(path).slipway-new"
        try? FileManager.default.removeItem(atPath: staged)
        defer { try? FileManager.default.removeItem(atPath: staged) }
        try FolderChange.make(staged)
        var written: [JSONValue] = []
        for cells in values {
            let name = try zip(columns, cells).map { (column, text) throws(DataError) in
                try Self.name(of: column, text)
            }.joined(separator: "/")
            try FolderChange.make("\(staged)/\(name)")
            let file = "\(name)/part-0.\(format.rawValue)"
            try write(.init(Array(zip(columns, cells)).map { ($0, $1) }), kept, of: rows, to: "\(staged)/\(file)")
            written.append(
                .object([
                    "file": .string(file), "bytes": .integer(Int64(PartFolder.byteCount("\(staged)/\(file)"))),
                    "digest": .string(try SHA256Digest(ofFile: "\(staged)/\(file)").hex),
                ]))
        }
        let manifest: JSONValue = .object([
            "partition_by": .array(columns.map { .string($0) }), "rows": .integer(Int64(rowCount)),
            "files": .array(written),
        ])
        try AtomicFile.write(Array(manifest.text(style: .indented).utf8), to: "\(staged)/\(Self.manifestName)")
        try FolderChange.replace(path, by: staged)
    }

    private func write(
        _ selection: ParquetParts.Selection, _ kept: [String], of rows: ParquetParts, to file: String
    ) throws(DataError) {
        guard format == .csv else { return try rows.write(selection, columns: kept, to: file) }
        let sink = CSVSink(path: file)
        try rows.read(selection, columns: kept) { (columns) throws(DataError) in
            try sink.begin(columns)
        } take: { (rows) throws(DataError) in
            try sink.write(rows)
        }
        try sink.finish()
    }

    /// The columns that stand in the files: all but those that the folders are named after.
    private func keptColumns(of rows: ParquetParts) throws(DataError) -> [String] {
        let names = try rows.names()
        if let absent = columns.first(where: { !names.contains($0) }) {
            throw DataError(
                .missingColumn, "the result has no column '\(absent)' to partition by",
                hint: "Keep it with --keep. The result has \(names.joined(separator: ", ")).")
        }
        let kept = names.filter { !columns.contains($0) }
        guard !kept.isEmpty else { throw DataError(.malformed, "no column would be left in the files") }
        return kept
    }

    /// The name of a folder, in which all but letters, digits, and some signs of ASCII stand as `%` and their bytes.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for one that is too long.
    static func name(of column: String, _ text: String?) throws(DataError) -> String {
        let name = "\(escaped(column))=\(text.map(escaped) ?? missingName)"
        guard name.utf8.count <= nameByteCountMax else {
            throw DataError(
                .limitExceeded, "a value of '\(column)' is too long for the name of a folder",
                hint: "Partition by another column.")
        }
        return name
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
