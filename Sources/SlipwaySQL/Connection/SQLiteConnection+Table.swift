import GRDB
import GRDBSQLite
public import SlipwayData

public import struct SlipwayData.Column
public import struct SlipwayData.Table

extension SQLiteConnection {
    /// The result of a query as a table.
    ///
    /// A column has its declared type; where the query computes it, the narrowest type that holds all its cells, and
    /// a number when there is no cell to tell. An empty result keeps its columns.
    ///
    /// - Throws: ``SQLError``: kind `wrongType` names a column with a cell that is not of the declared type,
    ///   `limitExceeded` a result over its limit, `invalidStatement` a result with two columns of one name or with
    ///   none, `readOnly` a statement that would change the store.
    public func table(
        _ sql: String, _ values: [Value] = [], limits: FetchLimits = FetchLimits()
    ) throws(SQLError) -> Table {
        try SQLError.wrapping(store) {
            let statement = try database.cachedStatement(sql: sql)
            try requireQuery(statement)
            let names = statement.columnNames
            let declared = (0..<names.count).map { index in
                sqlite3_column_decltype(statement.sqliteStatement, CInt(index)).flatMap {
                    ColumnType(declaredInSQL: String(cString: $0))
                }
            }
            var gathering = names.map { _ in [Value]() }
            var budget = FetchBudget(limits: limits)
            let cursor = try Row.fetchCursor(statement, arguments: SQLiteConnection.arguments(values, for: statement))
            while let row = try cursor.next() {
                let cells = try SQLiteConnection.values(of: row, names: names)
                try SQLiteConnection.spend(cells, of: &budget)
                for (index, cell) in cells.enumerated() { gathering[index].append(cell) }
            }
            return try SQLiteConnection.table(names: names, declared: declared, cells: gathering)
        }
    }

    private func requireQuery(_ statement: Statement) throws(SQLError) {
        guard sqlite3_stmt_readonly(statement.sqliteStatement) != 0 else {
            throw SQLError(
                .readOnly, "the statement would change '\(store)', which is only read here",
                hint: "Give a query, such as a select.", statement: statement.sql)
        }
        guard !statement.columnNames.isEmpty else {
            throw SQLError(
                .invalidStatement, "the statement returns no columns", hint: "Give a query, such as a select.",
                statement: statement.sql)
        }
    }

    private static func spend(_ cells: [Value], of budget: inout FetchBudget) throws(SQLError) {
        do throws(DataError) {
            try budget.spend(rows: 1, bytes: cells.reduce(0) { $0 + $1.byteCount })
        } catch {
            throw SQLError(.limitExceeded, error.message, hint: error.hint)
        }
    }

    private static func table(
        names: [String], declared: [ColumnType?], cells: [[Value]]
    ) throws(SQLError) -> Table {
        do {
            var columns: [Column] = []
            for (index, name) in names.enumerated() {
                let type = declared[index] ?? ColumnType(narrowestFor: cells[index])
                var builder = ColumnBuilder(name: name, type: type)
                for cell in cells[index] { try builder.append(cell) }
                columns.append(builder.finish())
            }
            return try Table(columns: columns)
        } catch  where error.kind == .wrongType {
            throw SQLError(
                .wrongType, error.message,
                hint: "Cast the column in the query, or turn odd cells into NULL with nullif.")
        } catch {
            throw SQLError(.invalidStatement, error.message, hint: "Give one of the columns another name with 'as'.")
        }
    }
}

extension ColumnType {
    /// The type that a column's declaration stands for, by the rules of SQLite's type affinity, with truth added.
    ///
    /// Source: "Datatypes In SQLite", section 3.1.
    init?(declaredInSQL declaration: String) {
        let name = declaration.uppercased()
        func mentions(_ words: String...) -> Bool { words.contains { name.contains($0) } }
        if mentions("BOOL") {
            self = .boolean
        } else if mentions("INT") {
            self = .integer
        } else if mentions("CHAR", "CLOB", "TEXT", "DATE", "TIME", "UUID", "JSON") {
            self = .string
        } else if mentions("REAL", "FLOA", "DOUB", "NUM", "DEC") {
            self = .number
        } else {
            return nil
        }
    }

    /// The narrowest type that holds all the cells; a number when none holds a value, as in CSV files.
    fileprivate init(narrowestFor cells: [Value]) {
        var narrowest: ColumnType?
        for case let type? in cells.lazy.map(\.type) where type != narrowest {
            switch (narrowest, type) {
            case (nil, _): narrowest = type
            case (.integer, .number), (.number, .integer): narrowest = .number
            default:
                self = .string
                return
            }
        }
        self = narrowest ?? .number
    }
}
