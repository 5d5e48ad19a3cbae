import Foundation
import GRDB
import GRDBSQLite
public import SlipwayData

/// A connection to an SQLite store, valid only inside the closure that it was handed to.
public struct SQLiteConnection: SQLConnection {
    /// The store's path or address, for messages.
    let store: String
    let database: Database

    /// Runs a statement that returns nothing.
    ///
    /// - Returns: The number of rows that were inserted, changed, or deleted.
    /// - Throws: ``SQLError``.
    @discardableResult
    public func execute(_ sql: String, _ values: [Value]) throws(SQLError) -> Int {
        try SQLError.wrapping(store) {
            let statement = try database.cachedStatement(sql: sql)
            try statement.execute(arguments: SQLiteConnection.arguments(values, for: statement))
            return database.changesCount
        }
    }

    /// Runs one statement for each list of values, prepared once.
    ///
    /// - Throws: ``SQLError``, at the first list that fails.
    public func execute(_ sql: String, forEach rows: some Sequence<[Value]>) throws(SQLError) {
        try SQLError.wrapping(store) {
            let statement = try database.cachedStatement(sql: sql)
            for values in rows { try statement.execute(arguments: SQLiteConnection.arguments(values, for: statement)) }
        }
    }

    /// Adds rows to a table, each with a cell for every column in order.
    ///
    /// - Throws: ``SQLError``, at the first row that fails.
    public func insert(_ rows: some Sequence<[Value]>, into table: String, columns: [String]) throws(SQLError) {
        let names = columns.map(SQLText.name).joined(separator: ", ")
        let places = columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        try execute("insert into \(SQLText.name(table)) (\(names)) values (\(places))", forEach: rows)
    }

    /// Runs several statements without values, separated by semicolons.
    ///
    /// - Throws: ``SQLError``, at the first statement that fails.
    public func executeScript(_ sql: String) throws(SQLError) {
        try SQLError.wrapping(store) { try database.execute(sql: sql) }
    }

    /// The rows of a query.
    ///
    /// - Throws: ``SQLError``; kind `wrongType` when a cell holds bytes, which no ``Value`` stands for.
    public func query(_ sql: String, _ values: [Value]) throws(SQLError) -> [SQLRow] {
        try SQLError.wrapping(store) {
            let statement = try database.cachedStatement(sql: sql)
            let names = statement.columnNames
            let cursor = try Row.fetchCursor(statement, arguments: SQLiteConnection.arguments(values, for: statement))
            var rows: [SQLRow] = []
            while let row = try cursor.next() {
                rows.append(SQLRow(names: names, values: try SQLiteConnection.values(of: row, names: names)))
            }
            return rows
        }
    }

    /// The first row of a query, or `nil` when it has none; no other row is computed.
    ///
    /// - Throws: ``SQLError``, as ``query(_:_:)`` does.
    public func queryFirst(_ sql: String, _ values: [Value]) throws(SQLError) -> SQLRow? {
        try SQLError.wrapping(store) {
            let statement = try database.cachedStatement(sql: sql)
            let names = statement.columnNames
            let cursor = try Row.fetchCursor(statement, arguments: SQLiteConnection.arguments(values, for: statement))
            return try cursor.next().map { row in
                SQLRow(names: names, values: try SQLiteConnection.values(of: row, names: names))
            }
        }
    }

    /// The time of this machine, which all who use the file are on.
    public func now() -> Timestamp { .now() }

    static func arguments(_ values: [Value], for statement: Statement) throws(SQLError) -> StatementArguments {
        let wanted = Int(sqlite3_bind_parameter_count(statement.sqliteStatement))
        guard wanted == values.count else {
            throw SQLError(
                .invalidStatement, "the statement has \(wanted) placeholders and was given \(values.count) values",
                statement: statement.sql)
        }
        // SQLite numbers `$1`, `$2` by first appearance; only where that is their order may they be bound by place.
        let isInOrder = values.indices.allSatisfy { index in
            sqlite3_bind_parameter_name(statement.sqliteStatement, CInt(index + 1)).map { name in
                strcmp(name, "$\(index + 1)") == 0
            } ?? false
        }
        let cells = try values.map { (value) throws(SQLError) in try storable(value, in: statement).databaseValue }
        if isInOrder { return StatementArguments(cells) }
        return StatementArguments(
            Dictionary(uniqueKeysWithValues: cells.enumerated().map { (String($0.offset + 1), $0.element) }))
    }

    private static func storable(_ value: Value, in statement: Statement) throws(SQLError) -> Value {
        guard case .string(let text) = value, text.utf8.contains(0) else { return value }
        throw SQLError(.wrongType, "a text with a NUL character cannot be stored", statement: statement.sql)
    }

    static func values(of row: Row, names: [String]) throws(SQLError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(names.count)
        for index in names.indices {
            guard let value = Value(row[index] as DatabaseValue) else {
                throw SQLError(
                    .wrongType, "column '\(names[index])' holds bytes, which are no value of a table",
                    hint: "Leave the column out of the query, or cast it to text.")
            }
            values.append(value)
        }
        return values
    }
}
