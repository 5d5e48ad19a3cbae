import CDuckDB
public import SlipwayData

/// A connection to a database that reaches nothing outside but the files it is given.
public final class Database: @unchecked Sendable {
    // Safe because the pointers are set once, and the library runs one query of a connection at a time, from any thread.
    let functions: DuckFunctions
    private let instance: Instance
    private var connection: OpaquePointer?

    /// Opens a database of its own: a file for reading, or an empty one in memory.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` where the library is absent, `sourceFailed` when it refuses.
    public convenience init(
        _ settings: DatabaseSettings = DatabaseSettings(), library: Library = .shared
    ) throws(DataError) {
        try self.init(settings, functions: library.required)
    }

    convenience init(_ settings: DatabaseSettings, functions: DuckFunctions) throws(DataError) {
        try self.init(to: Instance(settings, functions: functions))
    }

    /// Connects to a database that others may be connected to.
    init(to instance: Instance) throws(DataError) {
        self.instance = instance
        functions = instance.functions
        guard functions.connect(instance.pointer, &connection) == DUCK_SUCCESS else {
            throw DataError(.sourceFailed, "DuckDB gives no connection")
        }
    }

    deinit { functions.disconnect(&connection) }

    /// Answers a query, whose parameters `$1`, `$2`, … have values.
    ///
    /// - Throws: ``DataError``: `sourceFailed`, or a kind that says more; the message holds the library's reason.
    public func rows(of query: String, _ parameters: [Value] = []) throws(DataError) -> Rows {
        let statement = try prepare(query)
        try statement.bind(parameters)
        return try Rows(running: statement, on: self)
    }

    /// Prepares one statement.
    func prepare(_ query: String) throws(DataError) -> Statement {
        switch prepared(query) {
        case .success(let statement): return statement
        case .failure(let message): throw message.error
        }
    }

    /// One statement, or what the library says against it.
    func prepared(_ query: String) -> Result<Statement, DuckDBMessage> {
        var statement: OpaquePointer?
        let isPrepared = functions.prepare(connection, query, &statement) == DUCK_SUCCESS
        let owner = Statement(statement, functions)
        if isPrepared { return .success(owner) }
        return .failure(DuckDBMessage(functions.prepare_error(statement).map { String(cString: $0) }))
    }

    /// Runs a statement whose answer nobody needs.
    func run(_ statement: String) throws(DataError) {
        let rows = try rows(of: statement)
        while try rows.next() != nil {}
    }

    /// Makes a function known to queries.
    func register(_ function: OpaquePointer?) throws(DataError) {
        guard functions.register_table_function(connection, function) == DUCK_SUCCESS else {
            throw DataError(.sourceFailed, "DuckDB takes no table of rows")
        }
    }

    /// Makes a function of rows known to queries.
    func register(scalar function: OpaquePointer?) throws(DataError) {
        guard functions.register_scalar_function(connection, function) == DUCK_SUCCESS else {
            throw DataError(.sourceFailed, "DuckDB takes no function of rows")
        }
    }

    /// Stops the query that runs, which then throws.
    public func interrupt() { functions.interrupt(connection) }
}
