import SlipwayData
import SlipwayDuckDB

/// How the parts of a job become its result, all at once.
enum PartAssembly {
    /// Texts one below the other, the header once where they have one.
    case text(String, hasHeader: Bool)
    /// A Parquet file.
    case parquet(String, memoryByteCountMax: Int)
    /// A table, from Parquet files.
    case table(TableSink, memoryByteCountMax: Int)
    /// A folder of files for each value of some columns, from Parquet files.
    case partitions(PartitionedFolder)

    /// Puts the files of parts together in order.
    ///
    /// - Parameter rowCount: The rows of all.
    /// - Throws: ``DataError``; what was there before is then still there.
    func assemble(_ parts: [String], rowCount: Int) throws(DataError) {
        switch self {
        case .text(let path, let hasHeader): try Self.join(parts, to: path, hasHeader: hasHeader)
        case .parquet(let path, let bytes): try ParquetParts(parts, memoryByteCountMax: bytes).write(to: path)
        case .table(let sink, let bytes):
            try ParquetParts(parts, memoryByteCountMax: bytes).read { (columns) throws(DataError) in
                try sink.begin(columns)
            } take: { (rows) throws(DataError) in
                try sink.write(rows)
            }
            try sink.finish()
        case .partitions(let folder): try folder.write(parts, rowCount: rowCount)
        }
    }

    private static func join(_ parts: [String], to path: String, hasHeader: Bool) throws(DataError) {
        var output = try AtomicFile(replacing: path)
        for (number, part) in parts.enumerated() {
            var skipped = hasHeader && number > 0 ? try CSVWriter.bytes(of: CSVReader.columns(of: part)).count : 0
            let input = try InputFile(path: part)
            var bytes: [UInt8] = []
            while try input.read(into: &bytes) > 0 {
                let dropped = min(skipped, bytes.count)
                skipped -= dropped
                try output.write(dropped > 0 ? Array(bytes[dropped...]) : bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try output.commit()
    }
}
