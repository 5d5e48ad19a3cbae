import SlipwayData

/// The rows of a file that is read here, some at a time; used by one thread.
///
/// Either all rows parse, or those that do not are handed to a ``BadRows``.
final class RowBatches {
    /// The columns, without rows.
    let columns: Table

    private let read: (BadRows?) throws(DataError) -> SiftedRows?

    /// Rows of a CSV file.
    init(_ reader: consuming CSVReader) throws(DataError) {
        columns = try reader.columnsAlone
        let owner = Owner(reader)
        read = { (badRows) throws(DataError) in
            guard badRows == nil else { return try owner.reader.nextSiftedBatch(rows: BatchScoring.batchRowCount) }
            return try owner.reader.nextBatch(rows: BatchScoring.batchRowCount).map { SiftedRows(table: $0, lines: []) }
        }
    }

    /// Rows of a file of JSON Lines.
    init(_ reader: JSONLinesReader) throws(DataError) {
        columns = try reader.columnsAlone
        read = { (badRows) throws(DataError) in
            guard badRows == nil else { return try reader.nextSiftedBatch(rows: BatchScoring.batchRowCount) }
            return try reader.nextBatch(rows: BatchScoring.batchRowCount).map { SiftedRows(table: $0, lines: []) }
        }
    }

    /// The next rows; `nil` at the end.
    ///
    /// - Parameter badRows: What takes the rows that do not parse; without it they are refused.
    /// - Returns: The rows that parse, and their lines where there is something to set rows aside.
    /// - Throws: ``DataError`` with the line.
    func next(settingAside badRows: BadRows?) throws(DataError) -> (table: Table, lines: [Int])? {
        guard let rows = try read(badRows) else { return nil }
        try badRows?.add(rows.badRows)
        return (rows.table, rows.lines)
    }

    /// The owner of a reader that cannot be copied.
    private final class Owner {
        var reader: CSVReader

        init(_ reader: consuming CSVReader) { self.reader = reader }
    }
}
