import SlipwayData

/// The rows of a CSV file, some at a time; used by one thread.
final class CSVBatches: TableBatches {
    /// The names of the columns in order.
    var names: [String] { reader.names }

    private var reader: CSVReader

    init(_ reader: consuming CSVReader) { self.reader = reader }

    /// The next rows; `nil` at the end.
    func next() throws(DataError) -> Table? { try reader.nextBatch(rows: BatchScoring.batchRowCount) }
}
