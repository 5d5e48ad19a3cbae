/// Rows in columnar form: named columns of equal length.
public struct Table: Equatable, Sendable {
    /// The columns in order; names are unique.
    public private(set) var columns: [Column]
    /// The number of rows, which also counts in a table without columns.
    public let rowCount: Int

    /// Makes a table.
    ///
    /// - Throws: ``DataError`` when names repeat or lengths differ.
    public init(columns: [Column]) throws(DataError) {
        var seen: Set<String> = []
        for column in columns {
            guard seen.insert(column.name).inserted else {
                throw DataError(.malformed, "two columns are named '\(column.name)'")
            }
            guard column.count == columns[0].count else {
                throw DataError(.malformed, "column '\(column.name)' has \(column.count) rows, not \(columns[0].count)")
            }
        }
        self.columns = columns
        rowCount = columns.first?.count ?? 0
    }

    /// The names of the columns in order.
    public var names: [String] { columns.map(\.name) }

    /// The column of a name, or `nil`.
    ///
    /// - Complexity: O(columns).
    public subscript(name: String) -> Column? { columns.first { $0.name == name } }

    /// One row as values in the order of the columns.
    public func row(_ index: Int) -> [Value] { columns.map { $0[index] } }

    /// The table with only the named columns, in the given order.
    ///
    /// - Throws: ``DataError`` of kind `missingColumn` that names every absent column.
    public func selecting(columns names: [String]) throws(DataError) -> Table {
        let absent = names.filter { self[$0] == nil }
        guard absent.isEmpty else {
            throw DataError(
                .missingColumn,
                "there is no column \(absent.map { "'\($0)'" }.joined(separator: ", ")) "
                    + "among \(self.names.joined(separator: ", "))")
        }
        return try Table(columns: names.compactMap { self[$0] })
    }

    /// The table with only the given rows, in the given order.
    public func selecting(rows: [Int]) -> Table {
        Table(unchecked: columns.map { $0.selecting(rows: rows) }, rowCount: rows.count)
    }

    /// The table with another column at the end.
    ///
    /// - Throws: ``DataError`` when the name is taken or the length differs.
    public func adding(_ column: Column) throws(DataError) -> Table { try Table(columns: columns + [column]) }

    private init(unchecked columns: [Column], rowCount: Int) {
        self.columns = columns
        self.rowCount = rowCount
    }
}
