import SlipwayData

/// The records of segments as the rows of a Parquet file, and what passed.
final class CompactionRows {
    /// The records that are handed on together.
    private static let batchCount = 2_048

    /// What the records were.
    private(set) var digest = RecordDigest()
    /// The times of the records; `nil` before the first.
    private(set) var span: TimeWindow?
    private let stream: SegmentStream<LoggedPrediction>

    init(_ stream: SegmentStream<LoggedPrediction>) { self.stream = stream }

    /// What was met beside records.
    var summary: SegmentStream<LoggedPrediction>.Summary { stream.summary }

    func next() throws(DataError) -> Table? {
        var builders = CompactedRow.columns.map { ColumnBuilder(name: $0.name, type: $0.cellType) }
        var count = 0
        while count < Self.batchCount, let record = try nextRecord() {
            for (index, cell) in CompactedRow.cells(of: record.json).enumerated() { try builders[index].append(cell) }
            count += 1
        }
        return count == 0 ? nil : try Table(columns: builders.map { $0.finish() })
    }

    private func nextRecord() throws(DataError) -> LoggedPrediction? {
        do {
            guard let record = try stream.next() else { return nil }
            digest.add(record)
            let end = record.time.adding(milliseconds: 1)
            span = TimeWindow(
                from: min(span?.start ?? record.time, record.time), until: max(span?.end ?? end, end))
            return record
        } catch {
            throw DataError(.unreadable, error.message, hint: error.hint)
        }
    }
}
