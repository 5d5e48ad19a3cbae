import SlipwayData

/// The rows of a file that is read here or of a source, some at a time; used by one thread.
///
/// Either all rows parse, or those that do not are handed to a ``BadRows``.
final class RowBatches {
    /// The columns, without rows.
    let columns: Table

    /// Gives the next rows; those that do not parse are set aside, or else are refused.
    private let read: (_ isSifted: Bool) throws(DataError) -> SiftedRows?
    /// Rows that were read ahead.
    private var waiting: SiftedRows?

    /// Rows of a CSV file.
    init(_ reader: consuming CSVReader) throws(DataError) {
        columns = try reader.columnsAlone
        let owner = Owner(reader)
        read = { (isSifted) throws(DataError) in
            guard !isSifted else { return try owner.reader.nextSiftedBatch(rows: BatchScoring.batchRowCount) }
            return try owner.reader.nextBatch(rows: BatchScoring.batchRowCount).map { SiftedRows(table: $0, lines: []) }
        }
    }

    /// Rows of a file of JSON Lines.
    init(_ reader: JSONLinesReader) throws(DataError) {
        columns = try reader.columnsAlone
        read = { (isSifted) throws(DataError) in
            guard !isSifted else { return try reader.nextSiftedBatch(rows: BatchScoring.batchRowCount) }
            return try reader.nextBatch(rows: BatchScoring.batchRowCount).map { SiftedRows(table: $0, lines: []) }
        }
    }

    /// Rows of a query of a source, whose lines are their numbers.
    init(_ stream: any RowStream) {
        columns = stream.columns
        var position = 0
        read = { (_) throws(DataError) in
            guard let rows = try stream.next() else { return nil }
            defer { position += rows.rowCount }
            return SiftedRows(table: rows, lines: Array(position + 1...position + rows.rowCount))
        }
    }

    /// The next rows; `nil` at the end.
    ///
    /// - Parameter badRows: What takes the rows that do not parse; without it they are refused.
    /// - Returns: The rows that parse, and their lines where there is something to set rows aside.
    /// - Throws: ``DataError`` with the line.
    func next(settingAside badRows: BadRows?) throws(DataError) -> (table: Table, lines: [Int])? {
        guard let rows = try take(isSifted: badRows != nil) else { return nil }
        try badRows?.add(rows.badRows)
        return (rows.table, rows.lines)
    }

    /// The next rows as a number of batches of their own.
    ///
    /// - Returns: `nil` where there are no rows left.
    /// - Throws: ``DataError`` with the line.
    func part(batchCount: Int, isSifted: Bool) throws(DataError) -> RowBatches? {
        waiting = try take(isSifted: isSifted)
        return waiting == nil ? nil : RowBatches(batchCount, of: self)
    }

    /// The columns, and no rows.
    func none() -> RowBatches { RowBatches(0, of: self) }

    private init(_ batchCount: Int, of others: RowBatches) {
        columns = others.columns
        var left = batchCount
        read = { (isSifted) throws(DataError) in
            guard left > 0 else { return nil }
            left -= 1
            return try others.take(isSifted: isSifted)
        }
    }

    private func take(isSifted: Bool) throws(DataError) -> SiftedRows? {
        if let waiting = waiting.take() { return waiting }
        return try read(isSifted)
    }

    /// The owner of a reader that cannot be copied.
    private final class Owner {
        var reader: CSVReader

        init(_ reader: consuming CSVReader) { self.reader = reader }
    }
}
