import SlipwayData

/// The rows of a query while they arrive, as batches.
struct ReadRows {
    private let readings: [CellReading]
    private var builder: BatchBuilder

    /// Starts without rows.
    ///
    /// - Throws: ``DataError``: `wrongType` for a column of bytes, `sourceFailed` for two columns of one name or none.
    init(_ columns: [(name: String, type: UInt32)], limits: StreamLimits) throws(DataError) {
        readings = columns.map { CellReading(type: $0.type) }
        guard !columns.isEmpty else {
            throw DataError(
                .sourceFailed, "the query returns no columns", hint: "Select one at least.")
        }
        builder = try BatchBuilder(zip(columns, readings).map { ($0.name, $1.columnType) }, limits: limits)
        for (column, reading) in zip(columns, readings) where reading == .bytes {
            throw DataError(
                .wrongType, "column '\(column.name)' holds bytes, which are no value of a table",
                hint: "Leave the column out of the query, or encode it as text.")
        }
    }

    /// Whether the batch ends here.
    var isFull: Bool { builder.isFull }

    /// A table without rows.
    func none() throws(DataError) -> Table { try builder.none() }

    /// The rows so far, with which a new batch begins; `nil` when there are none.
    mutating func take() throws(DataError) -> Table? { try builder.take() }

    /// Adds the row of an answer.
    ///
    /// - Returns: The bytes of its cells.
    /// - Throws: ``DataError``: `limitExceeded` for a row larger than a batch, `wrongType` for a cell that cannot be
    ///   read.
    mutating func add(_ answer: Answer) throws(DataError) -> Int {
        var row: [Value] = []
        row.reserveCapacity(readings.count)
        for column in readings.indices { row.append(try value(answer.text(row: 0, column: column), column)) }
        return try builder.append(row)
    }

    private func value(_ text: String?, _ column: Int) throws(DataError) -> Value {
        guard let text else { return .missing }
        guard let value = readings[column].value(of: text) else {
            throw DataError(
                .wrongType, "column '\(builder.names[column])' holds '\(text.prefix(60))'",
                hint: "Cast the column in the query.")
        }
        return value
    }
}
