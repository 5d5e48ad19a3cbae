import Foundation
import SlipwayData

/// Reads one compacted segment record by record.
final class CompactedSegmentReader {
    let path: String
    private let batches: any TableBatches
    private var table: Table?
    private var row = 0
    private var rowNumber = 0

    /// Opens a segment; `nil` when there is none.
    ///
    /// - Throws: ``LogError`` of kind `unreadable`, also where nothing reads Parquet.
    init?(path: String, window: TimeWindow, parquet: (any ParquetFiles)?) throws(LogError) {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let parquet, parquet.absence == nil else {
            throw LogError(
                .unreadable, "the log segment '\(path)' was compacted, and cannot be read without DuckDB",
                hint: parquet?.absence)
        }
        self.path = path
        let isAll = window == .all
        let range = ParquetRange(of: CompactedRow.timeColumn, from: window.start, until: window.end)
        do {
            batches = try parquet.batches(of: path, columns: CompactedRow.columns, in: isAll ? nil : range)
        } catch {
            throw Self.unreadable(error)
        }
    }

    func next<Record: SegmentRecord>(
        as type: Record.Type, in window: WindowText
    ) throws(LogError) -> SegmentLineReader.Line<Record> {
        while row == table?.rowCount ?? 0 {
            do { table = try batches.next() } catch { throw Self.unreadable(error) }
            row = 0
            if table == nil { return .end }
        }
        guard let table else { return .end }
        defer { row += 1 }
        rowNumber += 1
        guard let object = try? CompactedRow.record(of: table.row(row)), let record = try? Record(json: object) else {
            return .corrupt(line: rowNumber)
        }
        return window.window.contains(record.time) ? .record(record) : .otherTime
    }

    private static func unreadable(_ error: DataError) -> LogError {
        LogError(.unreadable, "the log cannot be read: \(error.message)", hint: error.hint)
    }
}
