/// Rows on their way into batches of bounded size.
package struct BatchBuilder: Sendable {
    private let columns: [(name: String, type: ColumnType)]
    private let limits: StreamLimits
    private var builders: [ColumnBuilder]
    private var byteCount = 0
    private var rowCount = 0

    /// Starts without rows.
    ///
    /// - Throws: ``DataError`` of kind `sourceFailed` for two columns of one name.
    package init(_ columns: [(name: String, type: ColumnType)], limits: StreamLimits) throws(DataError) {
        try columns.map(\.name).requireDistinct()
        self.columns = columns
        self.limits = limits
        builders = columns.map { ColumnBuilder(name: $0.name, type: $0.type) }
    }

    /// The names of the columns.
    package var names: [String] { columns.map(\.name) }

    /// Whether the batch ends here.
    package var isFull: Bool { rowCount >= limits.rowCountMax || byteCount >= limits.byteCountMax }

    /// Adds a row.
    ///
    /// - Returns: The bytes of its cells.
    /// - Throws: ``DataError`` of kind `wrongType` that names the column, or `limitExceeded` for a row larger than a
    ///   batch.
    @discardableResult
    package mutating func append(_ row: [Value]) throws(DataError) -> Int {
        let rowByteCount = row.reduce(0) { $0 + $1.byteCount }
        try limits.requireRow(ofByteCount: rowByteCount)
        for (place, cell) in row.enumerated() { try builders[place].append(cell) }
        byteCount += rowByteCount
        rowCount += 1
        return rowByteCount
    }

    /// A table without rows.
    package func none() throws(DataError) -> Table {
        try Table(columns: columns.map { ColumnBuilder(name: $0.name, type: $0.type).finish() })
    }

    /// The rows so far, with which a new batch begins; `nil` when there are none.
    package mutating func take() throws(DataError) -> Table? {
        guard rowCount > 0 else { return nil }
        let table = try Table(columns: builders.map { $0.finish() })
        builders = columns.map { ColumnBuilder(name: $0.name, type: $0.type) }
        (byteCount, rowCount) = (0, 0)
        return table
    }
}

extension [String] {
    /// Refuses a query with two columns of one name.
    ///
    /// - Throws: ``DataError`` of kind `sourceFailed`.
    package func requireDistinct() throws(DataError) {
        var seen: Set<String> = []
        guard let name = first(where: { !seen.insert($0).inserted }) else { return }
        throw DataError(
            .sourceFailed, "two columns are called '\(name)'", hint: "Give one of the columns another name with 'as'.")
    }
}

extension Table {
    /// The bytes of all cells: 8 for a number, 1 for a truth value, the UTF-8 length for a text.
    package var cellByteCount: Int {
        columns.reduce(0) { sum, column in
            switch column.values {
            case .booleans(let cells): sum + cells.count
            case .integers(let cells): sum + 8 * cells.count
            case .numbers(let cells): sum + 8 * cells.count
            case .strings(let cells): cells.reduce(sum) { $0 + $1.utf8.count }
            }
        }
    }
}
