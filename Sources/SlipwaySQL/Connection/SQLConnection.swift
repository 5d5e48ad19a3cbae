public import SlipwayData

/// A type that runs statements on one state of a store, valid only inside the closure that it was handed to.
///
/// Statements write their placeholders as `$1`, `$2`, … and keep to what SQLite and PostgreSQL both take, so that each
/// is written once. Truth values are bound as 0 and 1, NaN as NULL; a text with a NUL character is refused. Prepared
/// statements are kept and used again. `order by` a text follows the rules of the database: who needs the order of the
/// bytes sorts what comes back.
///
/// `SQLDatabaseConformance` in the test kit checks it.
public protocol SQLConnection {
    /// Runs a statement that returns nothing.
    ///
    /// - Returns: The number of rows that were inserted, changed, or deleted.
    /// - Throws: ``SQLError``.
    @discardableResult
    func execute(_ sql: String, _ values: [Value]) throws(SQLError) -> Int

    /// Adds rows to a table, each with a cell for every column in order, in the way that is fastest for many.
    ///
    /// - Throws: ``SQLError``, at the first row that fails.
    func insert(_ rows: some Sequence<[Value]>, into table: String, columns: [String]) throws(SQLError)

    /// Runs several statements without values, separated by semicolons.
    ///
    /// - Throws: ``SQLError``, at the first statement that fails.
    func executeScript(_ sql: String) throws(SQLError)

    /// The rows of a query.
    ///
    /// - Throws: ``SQLError``; kind `wrongType` when a cell holds bytes, which no `Value` stands for.
    func query(_ sql: String, _ values: [Value]) throws(SQLError) -> [SQLRow]

    /// The first row of a query, or `nil` when it has none.
    ///
    /// - Throws: ``SQLError``, as ``query(_:_:)`` does.
    func queryFirst(_ sql: String, _ values: [Value]) throws(SQLError) -> SQLRow?

    /// The time by the clock of the store's machine, which is one for all who use the store.
    func now() throws(SQLError) -> Timestamp
}

extension SQLConnection {
    /// Runs a statement without values that returns nothing.
    @discardableResult
    public func execute(_ sql: String) throws(SQLError) -> Int { try execute(sql, []) }

    /// The rows of a query without values.
    public func query(_ sql: String) throws(SQLError) -> [SQLRow] { try query(sql, []) }

    /// The first row of a query without values, or `nil` when it has none.
    public func queryFirst(_ sql: String) throws(SQLError) -> SQLRow? { try queryFirst(sql, []) }
}
