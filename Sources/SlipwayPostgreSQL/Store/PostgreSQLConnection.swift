public import SlipwayData
public import SlipwaySQL

/// A connection to a PostgreSQL store, valid only inside the closure that it was handed to.
public struct PostgreSQLConnection: SQLConnection {
    let session: Session

    /// Runs a statement that returns nothing.
    @discardableResult
    public func execute(_ sql: String, _ values: [Value]) throws(SQLError) -> Int {
        guard values.isEmpty else { return try session.run(sql, values).changedCount }
        return try session.telling(sql) { () throws(ServerProblem) in try session.connection.run(sql).changedCount }
    }

    /// Adds rows to a table by `copy`.
    public func insert(_ rows: some Sequence<[Value]>, into table: String, columns: [String]) throws(SQLError) {
        let names = columns.map(SQLText.name).joined(separator: ", ")
        let statement = "copy \(SQLText.name(table)) (\(names)) from stdin"
        var text = CopyText()
        var failure: SQLError?
        var iterator = rows.makeIterator()
        let pieces = sequence(state: ()) { _ -> [UInt8]? in
            while failure == nil, text.bytes.count < CopyText.pieceByteCount, let row = iterator.next() {
                do throws(SQLError) { try text.add(row) } catch { failure = error }
            }
            return failure == nil && !text.bytes.isEmpty ? text.take() : nil
        }
        try session.telling(statement) { () throws(ServerProblem) in
            try session.connection.copy(statement, pieces: pieces)
        }
        // The transaction is rolled back with what was copied before.
        if let failure { throw failure }
    }

    /// Runs several statements without values, separated by semicolons.
    public func executeScript(_ sql: String) throws(SQLError) { try session.runScript(sql) }

    /// The rows of a query.
    public func query(_ sql: String, _ values: [Value]) throws(SQLError) -> [SQLRow] {
        let answer = try session.run(sql, values)
        let columns = answer.columns
        let names = columns.map(\.name)
        let readings = columns.map { CellReading(type: $0.type) }
        var rows: [SQLRow] = []
        rows.reserveCapacity(answer.rowCount)
        for row in 0..<answer.rowCount {
            var cells: [Value] = []
            cells.reserveCapacity(names.count)
            for column in names.indices {
                cells.append(try cell(answer.text(row: row, column: column), readings[column], names[column]))
            }
            rows.append(SQLRow(names: names, values: cells))
        }
        return rows
    }

    /// The first row of a query, or `nil` when it has none.
    public func queryFirst(_ sql: String, _ values: [Value]) throws(SQLError) -> SQLRow? {
        try query(sql, values).first
    }

    /// The time of the server.
    public func now() throws(SQLError) -> Timestamp {
        let row = try queryFirst("select (extract(epoch from clock_timestamp()) * 1000)::bigint as now", [])
        return Timestamp(milliseconds: Int64(try row?.integer("now") ?? 0))
    }

    private func cell(_ text: String?, _ reading: CellReading, _ name: String) throws(SQLError) -> Value {
        guard let text else { return .missing }
        guard let value = reading.value(of: text) else {
            throw SQLError(
                .wrongType, "column '\(name)' holds bytes, which are no value of a table",
                hint: "Leave the column out of the query, or cast it to text.")
        }
        // As in SQLite, which knows no truth values.
        guard case .boolean(let truth) = value else { return value }
        return .integer(truth ? 1 : 0)
    }
}
