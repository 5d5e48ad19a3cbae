import CDuckDB
import Dispatch
public import SlipwayData

/// A database in memory that reaches nothing outside but the files it is given.
///
/// Extensions, networks, other files, and other settings are closed to its queries before the first one.
public final class Database: @unchecked Sendable {
    // Safe because the pointers are set once, and the library runs one query of a connection at a time, from any thread.
    let functions: DuckFunctions
    private var database: OpaquePointer?
    private var connection: OpaquePointer?

    /// Opens an empty database.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` where the library is absent, `sourceFailed` when it refuses.
    public convenience init(
        _ settings: DatabaseSettings = DatabaseSettings(), library: Library = .shared
    ) throws(DataError) {
        guard let functions = library.functions else { throw DataError(.unreadable, library.reason ?? "") }
        try self.init(settings, functions: functions)
    }

    init(_ settings: DatabaseSettings, functions: DuckFunctions) throws(DataError) {
        self.functions = functions
        try open(settings)
        guard functions.connect(database, &connection) == DUCK_SUCCESS else {
            throw DataError(.sourceFailed, "DuckDB gives no connection")
        }
        // The order matters: the last two close the door behind the first two.
        for statement in [
            "SET allowed_paths = [\(settings.files.map(SQLText.literal).joined(separator: ", "))]",
            "SET temp_directory = ''", "SET enable_external_access = false", "SET lock_configuration = true",
        ] {
            while try rows(of: statement).next() != nil {}
        }
    }

    deinit {
        functions.disconnect(&connection)
        functions.close(&database)
    }

    private func open(_ settings: DatabaseSettings) throws(DataError) {
        var configuration: OpaquePointer?
        guard functions.create_config(&configuration) == DUCK_SUCCESS else {
            throw DataError(.sourceFailed, "DuckDB takes no configuration")
        }
        defer { functions.destroy_config(&configuration) }
        for (name, value) in [
            ("threads", String(max(1, settings.threadCount))), ("memory_limit", "\(settings.memoryByteCountMax)B"),
            ("autoload_known_extensions", "false"), ("autoinstall_known_extensions", "false"),
            ("enable_external_file_cache", "false"),
        ] {
            guard functions.set_config(configuration, name, value) == DUCK_SUCCESS else {
                throw DataError(.sourceFailed, "DuckDB does not take '\(value)' for '\(name)'")
            }
        }
        var message: UnsafeMutablePointer<CChar>?
        guard functions.open_ext(nil, &database, configuration, &message) == DUCK_SUCCESS else {
            defer { functions.free(message) }
            throw DuckDBMessage(message.map { String(cString: $0) }).error
        }
    }

    /// Answers a query, whose parameters `$1`, `$2`, … have values.
    ///
    /// - Throws: ``DataError``: `sourceFailed`, or a kind that says more; the message holds the library's reason.
    public func rows(of query: String, _ parameters: [Value] = []) throws(DataError) -> Rows {
        var statement: OpaquePointer?
        let isPrepared = functions.prepare(connection, query, &statement) == DUCK_SUCCESS
        let owner = Statement(statement, functions)
        guard isPrepared else {
            throw DuckDBMessage(functions.prepare_error(statement).map { String(cString: $0) }).error
        }
        try owner.bind(parameters)
        return try Rows(running: owner, on: self)
    }

    /// Makes a function known to queries.
    func register(_ function: OpaquePointer?) throws(DataError) {
        guard functions.register_table_function(connection, function) == DUCK_SUCCESS else {
            throw DataError(.sourceFailed, "DuckDB takes no table of rows")
        }
    }

    /// Stops the query that runs, which then throws.
    public func interrupt() { functions.interrupt(connection) }

    /// Runs queries, and stops the one that runs when a time has passed.
    func interrupting<T>(
        after time: Duration, _ queries: () throws(DataError) -> T
    ) throws(DataError) -> T {
        // Not held: a queue keeps even what is cancelled until its time has come.
        let watch = DispatchWorkItem { [weak self] in self?.interrupt() }
        DispatchQueue.global().asyncAfter(deadline: .now() + time / .seconds(1), execute: watch)
        defer { watch.cancel() }
        return try queries()
    }
}
