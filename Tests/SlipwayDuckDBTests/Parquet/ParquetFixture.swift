import Foundation
import SlipwayData

/// The files of `Tests/Fixtures/parquet`, which `dev/references/parquet_files.py` writes.
enum ParquetFixture {
    /// The writers of the table of all types.
    static let writers = ["snappy", "zstd", "gzip", "brotli", "lz4", "plain", "duckdb"]

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/parquet")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent("\(name).parquet")))
    }

    /// The cells of the table of all types, by column.
    static func cells() throws -> [(name: String, cells: [Value])] {
        let json = try JSONValue(parsing: Array(Data(contentsOf: folder.appendingPathComponent("types.json"))))
        guard case .object(let columns) = json else { return [] }
        return columns.members.map { name, value in
            guard case .array(let items) = value else { return (name, []) }
            return (name, items.map { $0.asValue ?? .missing })
        }
    }
}
