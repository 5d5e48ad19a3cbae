public import SlipwayData
import SlipwaySQL

/// An SQLite file whose tables are written, all in one transaction; used by one thread.
public final class SQLiteTables {
    private let name: String
    private let transaction: SQLiteTransaction

    /// Opens the file and begins.
    ///
    /// - Parameter name: The name of the source, for messages.
    /// - Throws: ``DataError``.
    public init(name: String, path: String) throws(DataError) {
        self.name = name
        do throws(SQLError) {
            transaction = try SQLiteTransaction(path: path)
        } catch {
            throw DataError(error, source: name)
        }
    }

    /// Runs a statement.
    ///
    /// - Throws: ``DataError``.
    public func run(_ statement: String) throws(DataError) {
        do throws(SQLError) { try transaction.run(statement) } catch { throw DataError(error, source: name) }
    }

    /// The number in the first cell of a query; `nil` when it has no row.
    ///
    /// - Throws: ``DataError``.
    public func number(_ query: String) throws(DataError) -> Int? {
        do throws(SQLError) {
            return try transaction.firstCell(query)?.asNumber.map { Int($0) }
        } catch {
            throw DataError(error, source: name)
        }
    }

    /// Adds rows to a table with the same columns.
    ///
    /// - Throws: ``DataError``.
    public func insert(_ rows: Table, into table: String) throws(DataError) {
        let places = rows.columns.map { _ in "?" }.joined(separator: ", ")
        do throws(SQLError) {
            try transaction.run(
                "INSERT INTO \(table) VALUES (\(places))", forEach: (0..<rows.rowCount).lazy.map { rows.row($0) })
        } catch {
            throw DataError(error, source: name)
        }
    }

    /// The rows of a query, as they are now; other calls may come between two batches.
    ///
    /// - Throws: ``DataError``.
    public func stream(_ query: String, limits: StreamLimits) throws(DataError) -> any RowStream {
        try SQLiteStream(source: name, limits: limits) { deadline, stopSwitch in
            try transaction.rows(of: query, limits: limits, until: deadline, unless: stopSwitch)
        }
    }

    /// Keeps all of it.
    ///
    /// - Throws: ``DataError``; nothing is kept then.
    public func commit() throws(DataError) {
        do throws(SQLError) { try transaction.commit() } catch { throw DataError(error, source: name) }
    }
}
