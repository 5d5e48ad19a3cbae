import GRDB
public import SlipwayData

/// One transaction on an SQLite file that lasts over many calls; used by one thread.
///
/// The write lock is held from the start to the end. Without ``commit()`` nothing is kept.
public final class SQLiteTransaction {
    private let path: String
    private let queue: DatabaseQueue

    /// Opens the file, made if it is not there, and begins.
    ///
    /// - Throws: ``SQLError``: kind `unreadable`, `corrupt`, `locked`, or `readOnly`.
    public init(
        path: String, busyTimeout: Duration = SQLiteDatabase.Options.busyTimeoutDefault
    ) throws(SQLError) {
        self.path = path
        var configuration = Configuration()
        // The transaction outlives the call that begins it, which is what this type is for.
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        queue = try SQLError.wrapping(path) { [configuration] in
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { database in
                // Else a table cannot take a name while a view is there that reads it, or any view that is broken.
                try database.execute(sql: "pragma legacy_alter_table = on")
                try database.execute(sql: "begin immediate")
            }
            return queue
        }
    }

    /// Runs statements that return nothing, separated by semicolons.
    ///
    /// - Throws: ``SQLError``.
    public func run(_ sql: String) throws(SQLError) {
        try SQLError.wrapping(path) { try queue.inDatabase { try $0.execute(sql: sql) } }
    }

    /// The first cell of the first row of a query; `nil` when it has no row.
    ///
    /// - Throws: ``SQLError``.
    public func firstCell(_ sql: String) throws(SQLError) -> Value? {
        try SQLError.wrapping(path) {
            try queue.inDatabase { database in
                try Row.fetchOne(database, sql: sql).map { Value($0[0] as DatabaseValue) ?? .missing }
            }
        }
    }

    /// Runs one statement for each list of values, prepared once.
    ///
    /// - Throws: ``SQLError``, at the first list that fails.
    public func run(_ sql: String, forEach rows: some Sequence<[Value]>) throws(SQLError) {
        try SQLError.wrapping(path) {
            try queue.inDatabase { database in
                let statement = try database.cachedStatement(sql: sql)
                for values in rows { try statement.execute(arguments: StatementArguments(values.map(\.databaseValue))) }
            }
        }
    }

    /// The rows of a query, some at a time; other statements may run in between.
    ///
    /// - Throws: ``SQLError``, as ``SQLiteRows`` says.
    package func rows(
        of query: String, limits: StreamLimits, until deadline: ContinuousClock.Instant, unless stopSwitch: StopSwitch
    ) throws(SQLError) -> SQLiteRows {
        try SQLiteRows(
            of: query, on: queue, store: path, limits: limits, sample: .batch, until: deadline, unless: stopSwitch)
    }

    /// Keeps all of it.
    ///
    /// - Throws: ``SQLError``; nothing is kept then.
    public func commit() throws(SQLError) { try run("commit") }
}
