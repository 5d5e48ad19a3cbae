import SlipwayData

/// The rows of a query while they arrive, as columns.
struct GatheredRows {
    private let readings: [CellReading]
    private let names: [String]
    private var builders: [ColumnBuilder]
    private var budget: FetchBudget

    /// Starts without rows.
    ///
    /// - Throws: ``DataError``: `wrongType` for a column of bytes, `sourceFailed` for two columns of one name or none.
    init(_ columns: [(name: String, type: UInt32)], limits: FetchLimits) throws(DataError) {
        names = columns.map(\.name)
        readings = columns.map { CellReading(type: $0.type) }
        budget = FetchBudget(limits: limits)
        builders = zip(names, readings).map { ColumnBuilder(name: $0, type: $1.columnType) }
        guard !names.isEmpty else {
            throw DataError(
                .sourceFailed, "the query returns no columns", hint: "Select one at least.")
        }
        var seen: Set<String> = []
        for (name, reading) in zip(names, readings) {
            guard seen.insert(name).inserted else {
                throw DataError(
                    .sourceFailed, "two columns are called '\(name)'",
                    hint: "Give one of the columns another name with 'as'.")
            }
            guard reading != .bytes else {
                throw DataError(
                    .wrongType, "column '\(name)' holds bytes, which are no value of a table",
                    hint: "Leave the column out of the query, or encode it as text.")
            }
        }
    }

    /// Adds the rows of a page.
    ///
    /// - Throws: ``DataError``: `limitExceeded` over the limits, `wrongType` for a cell that cannot be read.
    mutating func add(_ page: Answer) throws(DataError) {
        for row in 0..<page.rowCount {
            var byteCount = 0
            for column in builders.indices {
                let value = try value(page.text(row: row, column: column), column)
                byteCount += value.byteCount
                try builders[column].append(value)
            }
            try budget.spend(rows: 1, bytes: byteCount)
        }
    }

    private func value(_ text: String?, _ column: Int) throws(DataError) -> Value {
        guard let text else { return .missing }
        guard let value = readings[column].value(of: text) else {
            throw DataError(
                .wrongType, "column '\(names[column])' holds '\(text.prefix(60))'",
                hint: "Cast the column in the query.")
        }
        return value
    }

    /// The rows as a table.
    func table() throws(DataError) -> Table { try Table(columns: builders.map { $0.finish() }) }
}
