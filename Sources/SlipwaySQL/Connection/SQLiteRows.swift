import GRDB
import GRDBSQLite
package import SlipwayData

package import struct SlipwayData.Table

/// The rows of a query of an SQLite store, some at a time; used by one thread.
///
/// A column has its declared type; where the query computes it, the narrowest type that holds its cells in the first
/// rows, and a number when there is no cell to tell. The store is read until the last rows are there, or this value is
/// gone. Safe because one thread at a time asks for rows, and GRDB's queue sees to it that no other uses the connection
/// meanwhile.
package final class SQLiteRows: @unchecked Sendable {
    /// The first rows, which tell the types of computed columns.
    package enum Sample: Sendable {
        /// Those of one batch.
        case batch
        /// All, which are then held at once; up to the limits of a fetch and one row more.
        case all(FetchLimits)
    }

    /// A table without rows, with the columns of the result.
    package let columns: Table

    private let store: String
    private let queue: DatabaseQueue
    private let stopSwitch: StopSwitch
    private let names: [String]
    private var cursor: RowCursor?
    private var first: Table?
    private var builder: BatchBuilder

    /// Starts a query.
    ///
    /// - Throws: ``SQLError``: kind `wrongType` names a column with a cell that is not of the declared type,
    ///   `limitExceeded` a row larger than a batch, `invalidStatement` a result with two columns of one name or with
    ///   none, `readOnly` a statement that would change the store, `interrupted` one that runs past the deadline, or is
    ///   stopped.
    init(
        of sql: String, on queue: DatabaseQueue, store: String, limits: StreamLimits, sample: Sample,
        until deadline: ContinuousClock.Instant, unless stopSwitch: StopSwitch
    ) throws(SQLError) {
        self.store = store
        self.queue = queue
        self.stopSwitch = stopSwitch
        let begun = try SQLError.wrapping(store) {
            try queue.inDatabase { database in
                try SQLiteDatabase.interrupting(database, at: deadline, unless: stopSwitch) {
                    let statement = try database.makeStatement(sql: sql)
                    let cursor = try Row.fetchCursor(
                        statement, arguments: SQLiteConnection.arguments([], for: statement))
                    return try Self.begin(statement, cursor, limits, sample, store: store)
                }
            }
        }
        (names, cursor, builder, first) = (begun.builder.names, begun.cursor, begun.builder, begun.first)
        columns = try Self.telling { () throws(DataError) in try begun.builder.none() }
    }

    deinit { close() }

    /// The next rows; `nil` at the end.
    ///
    /// - Throws: ``SQLError``; kind `interrupted` at the deadline and once it is stopped.
    package func next(until deadline: ContinuousClock.Instant) throws(SQLError) -> Table? {
        do throws(SQLError) {
            guard !stopSwitch.isOn else { throw SQLError(.interrupted, "the query was stopped") }
            if let first = first.take() { return first }
            let rows = try SQLError.wrapping(store) {
                try queue.inDatabase { database in
                    try SQLiteDatabase.interrupting(database, at: deadline, unless: stopSwitch) { try read() }
                }
            }
            if rows == nil { close() }
            return rows
        } catch {
            close()
            throw error
        }
    }

    private func read() throws -> Table? {
        guard let cursor else { return nil }
        while !builder.isFull, let row = try cursor.next() {
            let cells = try SQLiteConnection.values(of: row, names: names)
            _ = try Self.telling { () throws(DataError) in try builder.append(cells) }
        }
        return try Self.telling { () throws(DataError) in try builder.take() }
    }

    private func close() {
        guard cursor != nil else { return }
        // The statement belongs to the queue's connection.
        queue.inDatabase { _ in cursor = nil }
    }

    private typealias Begun = (cursor: RowCursor, builder: BatchBuilder, first: Table?)

    private static func begin(
        _ statement: Statement, _ cursor: RowCursor, _ limits: StreamLimits, _ sample: Sample, store: String
    ) throws(SQLError) -> Begun {
        try SQLError.wrapping(store) {
            try requireQuery(statement, store)
            let names = statement.columnNames
            let declared = names.indices.map { index in
                sqlite3_column_decltype(statement.sqliteStatement, CInt(index)).flatMap {
                    ColumnType(declaredInSQL: String(cString: $0))
                }
            }
            var cells = names.map { _ in [Value]() }
            var (rowCount, byteCount) = (0, 0)
            let (rowCountMax, byteCountMax) = sample.bounds(limits)
            while rowCount < rowCountMax, byteCount < byteCountMax, let row = try cursor.next() {
                let values = try SQLiteConnection.values(of: row, names: names)
                let rowByteCount = values.reduce(0) { $0 + $1.byteCount }
                try telling { () throws(DataError) in try limits.requireRow(ofByteCount: rowByteCount) }
                for (index, value) in values.enumerated() { cells[index].append(value) }
                (rowCount, byteCount) = (rowCount + 1, byteCount + rowByteCount)
            }
            let types = names.indices.map { declared[$0] ?? ColumnType(narrowestFor: cells[$0]) }
            return try telling { () throws(DataError) in
                let builder = try BatchBuilder(Array(zip(names, types)), limits: limits)
                guard rowCount > 0 else { return (cursor, builder, nil) }
                var columns: [SlipwayData.Column] = []
                for (index, name) in names.enumerated() {
                    var column = ColumnBuilder(name: name, type: types[index])
                    for cell in cells[index] { try column.append(cell) }
                    columns.append(column.finish())
                }
                return (cursor, builder, try Table(columns: columns))
            }
        }
    }

    private static func requireQuery(_ statement: Statement, _ store: String) throws(SQLError) {
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

    /// Tells what is wrong with rows in the words of a store.
    private static func telling<T>(_ work: () throws(DataError) -> T) throws(SQLError) -> T {
        do {
            return try work()
        } catch {
            switch error.kind {
            case .wrongType:
                throw SQLError(
                    .wrongType, error.message,
                    hint: "Cast the column in the query, or turn odd cells into NULL with nullif.")
            case .limitExceeded: throw SQLError(.limitExceeded, error.message, hint: error.hint)
            default: throw SQLError(.invalidStatement, error.message, hint: error.hint)
            }
        }
    }
}

extension SQLiteRows.Sample {
    /// The rows and bytes at which it ends.
    fileprivate func bounds(_ limits: StreamLimits) -> (rowCount: Int, byteCount: Int) {
        switch self {
        case .batch: (limits.rowCountMax, limits.byteCountMax)
        case .all(let limits):
            (
                limits.rowCountMax.addingReportingOverflow(1).overflow ? .max : limits.rowCountMax + 1,
                limits.byteCountMax.addingReportingOverflow(1).overflow ? .max : limits.byteCountMax + 1
            )
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
