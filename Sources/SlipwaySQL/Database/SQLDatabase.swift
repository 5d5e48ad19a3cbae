public import SlipwayData

/// A type that holds a store's tables: SQLite or PostgreSQL, which the stores above cannot tell apart.
///
/// ## Contract for implementers
/// - Reads see one unchanging state from their first statement on, also while others write.
/// - One write runs at a time, whoever writes: its lock is taken at its start, so that what it reads stays true until
///   it ends. Who waits for the lock too long is refused with ``SQLError`` of kind `locked`.
/// - A write is kept as a whole, or not at all when its closure throws.
/// - Calls block their thread; they may come from many threads at once.
/// - A store that could not be reached is used again as soon as it can be.
///
/// `SQLDatabaseConformance` in the test kit checks it.
public protocol SQLDatabase: Sendable {
    /// What closures are handed.
    associatedtype Connection: SQLConnection

    /// The path, or the server and the database; never with a password.
    var place: String { get }

    /// Whether calls wait for a network, and so must keep off the threads that answer requests.
    var isRemote: Bool { get }

    /// Reads from the store; every statement of the closure sees the same state.
    ///
    /// - Parameter deadline: When a statement that still runs is stopped; `nil` lets it finish.
    /// - Throws: ``SQLError``, or what the closure throws.
    func read<T>(until deadline: ContinuousClock.Instant?, _ body: (Connection) throws -> T) throws -> T

    /// Writes to the store; all of it is kept, or nothing when the closure throws.
    ///
    /// - Throws: ``SQLError``, or what the closure throws.
    @discardableResult
    func write<T>(_ body: (Connection) throws -> T) throws -> T

    /// The rows of one query, which sees one state by itself.
    ///
    /// - Throws: ``SQLError``; kind `interrupted` at the deadline.
    func query(
        _ sql: String, _ values: [Value], until deadline: ContinuousClock.Instant?
    ) throws(SQLError) -> [SQLRow]
}

extension SQLDatabase {
    /// Reads from the store without a deadline.
    public func read<T>(_ body: (Connection) throws -> T) throws -> T { try read(until: nil, body) }
}
