public import SlipwayData

/// A DuckDB file whose tables are written, all in one transaction; used by one thread.
///
/// The file is locked against other programs while it is open.
public final class DuckDBTables {
    private let name: String
    private let instance: Instance
    private let database: Database
    private let batch: Batch
    private var isRegistered = false

    /// The rows that the next statement takes.
    private final class Batch {
        var rows: Table?
    }

    /// Opens the file, made if it is not there, and begins.
    ///
    /// - Parameter name: The name of the source, for messages.
    /// - Throws: ``DataError``; `unreadable` where the library is absent.
    public init(
        name: String, path: String, use: DatabaseUse = DatabaseUse(), library: Library = .shared
    ) throws(DataError) {
        self.name = name
        batch = Batch()
        do throws(DataError) {
            instance = try Instance(
                DatabaseSettings(
                    path: path, isWritable: true, memoryByteCountMax: use.memoryByteCountMax,
                    threadCount: use.threadCount), functions: library.required)
            database = try Database(to: instance)
            try database.run("BEGIN TRANSACTION")
        } catch {
            throw error.naming(source: name)
        }
    }

    /// Runs a statement.
    ///
    /// - Throws: ``DataError``.
    public func run(_ statement: String) throws(DataError) {
        do throws(DataError) { try database.run(statement) } catch { throw error.naming(source: name) }
    }

    /// The number in the first cell of a query; `nil` when it has no row.
    ///
    /// - Throws: ``DataError``.
    public func number(_ query: String) throws(DataError) -> Int? {
        do throws(DataError) {
            let rows = try database.rows(of: query).table()
            guard rows.rowCount > 0, let column = rows.columns.first else { return nil }
            return column[0].asNumber.map { Int($0) }
        } catch {
            throw error.naming(source: name)
        }
    }

    /// Adds rows to a table with the same columns.
    ///
    /// - Throws: ``DataError``.
    public func insert(_ rows: Table, into table: String) throws(DataError) {
        guard rows.rowCount > 0 else { return }
        if !isRegistered {
            let columns = rows.columns.map { ParquetColumn($0.name, .values($0.type)) }
            try RowSource(columns) { [batch] () throws(DataError) in batch.rows.take() }.register(on: database)
            isRegistered = true
        }
        batch.rows = rows
        try run("INSERT INTO \(table) SELECT * FROM \(RowSource.functionName)()")
    }

    /// The rows of a query, as they were before anything was written; other calls may come between two batches.
    ///
    /// - Throws: ``DataError``.
    public func stream(_ query: String, limits: StreamLimits) throws(DataError) -> any RowStream {
        try DuckDBStream(source: name, limits: limits, interrupter: Interrupter(after: limits.timeout)) {
            (interrupter) throws(DataError) in
            // A connection of its own, as one connection runs one query at a time.
            let reading = try Database(to: instance)
            interrupter.watch(reading)
            return (try reading.answer(query), [])
        }
    }

    /// Keeps all of it.
    ///
    /// - Throws: ``DataError``; nothing is kept then.
    public func commit() throws(DataError) { try run("COMMIT") }
}
