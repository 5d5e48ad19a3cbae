/// A table that a source has.
public struct SourceTable: Hashable, Sendable {
    /// The schema; `nil` where a source has only one.
    public var schema: String?
    /// The name in its schema.
    public var name: String

    /// Names a table.
    public init(schema: String? = nil, name: String) {
        self.schema = schema
        self.name = name
    }

    /// The name as people write it, such as `sales.customers`.
    public var text: String { schema.map { "\($0).\(name)" } ?? name }

    /// The name as every dialect of SQL reads it, such as `"sales"."customers"`.
    public var sql: String { schema.map { "\(SQLText.name($0)).\(SQLText.name(name))" } ?? SQLText.name(name) }
}

extension DataSource {
    /// The tables that a query tells, in its order.
    ///
    /// - Parameter query: Gives a table in each row: its schema, or nothing, and its name.
    /// - Throws: ``DataError``, as ``fetch(_:limits:)`` does.
    package func tables(by query: String, limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        let rows = try await fetch(query, limits: limits)
        return (0..<rows.rowCount).map { row in
            let cells = rows.row(row)
            return SourceTable(schema: cells[0].isMissing ? nil : cells[0].text, name: cells[1].text)
        }
    }
}
