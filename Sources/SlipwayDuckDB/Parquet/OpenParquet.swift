import SlipwayData

/// A Parquet file that is being read, and all that keeps it open.
final class OpenParquet: TableBatches {
    private let file: DescriptorFile
    private let path: String
    private let rows: Rows

    init(
        _ path: String, _ columns: [ParquetColumn], _ range: ParquetRange?, _ library: Library
    ) throws(DataError) {
        if let reason = library.reason { throw DataError(.unreadable, reason) }
        let file = try DescriptorFile(reading: path)
        let database = try Database(
            DatabaseSettings(memoryByteCountMax: DuckDBParquet.memoryByteCountMax, files: [file.name]),
            library: library)
        let names = columns.map { column in
            let name = SQLText.name(column.name)
            return column.kind == .times ? "epoch_ms(\(name)) AS \(name)" : name
        }
        var query = "SELECT \(names.joined(separator: ", ")) FROM read_parquet(\(SQLText.literal(file.name)))"
        if let range {
            let name = SQLText.name(range.column)
            query += " WHERE \(name) >= make_timestamp_ms(\(range.start.milliseconds))"
            query += " AND \(name) < make_timestamp_ms(\(range.end.milliseconds))"
        }
        do {
            rows = try database.rows(of: query)
        } catch {
            throw Self.failure(error, path, file.name)
        }
        self.file = file
        self.path = path
    }

    func next() throws(DataError) -> Table? {
        do { return try rows.next() } catch { throw Self.failure(error, path, file.name) }
    }

    private static func failure(_ error: DataError, _ path: String, _ name: String) -> DataError {
        DataError(error.kind, "'\(path)' cannot be read: \(DuckDBParquet.told(error, in: name))")
    }
}
