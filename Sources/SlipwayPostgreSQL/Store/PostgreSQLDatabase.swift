import CPostgreSQL
import Foundation
public import SlipwayData
public import SlipwaySQL

/// A store in a schema of a PostgreSQL database: many readers at once, one writer, each in a transaction.
///
/// Writers take an advisory lock that is named after the schema, so that one at a time writes, as in SQLite, whatever
/// machine it is on. Reads see one snapshot. Connections are kept and used again, and opened anew when they were lost.
public final class PostgreSQLDatabase: SQLDatabase {
    /// The server and the database, without user and password.
    public var place: String { pool.address.place }
    /// Behind a network, or at least another process.
    public var isRemote: Bool { true }

    private let pool: SessionPool
    private let readTimeout: Duration
    private let lock: Int64

    /// Opens a store, making its schema if it is not there.
    ///
    /// - Parameters:
    ///   - address: A connection URI or keywords and values, as "Connection Strings" in libpq's manual says.
    ///   - schema: The schema that holds the store's tables and nothing else.
    /// - Throws: ``SQLError``: kind `unreachable`, `unreadable` also where the client library is absent, or `locked`.
    public init(
        address: String, schema: String, options: Options = Options(), library: Library = .shared
    ) throws(SQLError) {
        guard let functions = library.functions else { throw SQLError(.unreadable, library.reason ?? "") }
        guard !schema.isEmpty, schema.utf8.count <= Self.nameByteCountMax, !schema.utf8.contains(0) else {
            throw SQLError(.unreadable, "'\(schema)' cannot be the name of a schema of PostgreSQL")
        }
        let place: StoreAddress
        do throws(ServerProblem) {
            place = try StoreAddress(address, functions)
        } catch {
            throw SQLError(error, store: "")
        }
        pool = SessionPool(place, schema: schema, options: options, functions: functions)
        readTimeout = options.readTimeout
        lock = Self.lock(of: schema)
        try makeSchema(schema)
    }

    /// Reads from the store in one snapshot.
    public func read<T>(
        until deadline: ContinuousClock.Instant?, _ body: (PostgreSQLConnection) throws -> T
    ) throws -> T {
        try pool.run(
            until: deadline ?? .now + readTimeout,
            begin: { session throws(SQLError) in
                try session.runScript("begin transaction isolation level repeatable read read only")
            },
            work: { session, _ in
                let result = try ending(session) { try body(PostgreSQLConnection(session: session)) }
                try session.runScript("commit")
                return result
            })
    }

    /// Writes to the store, after the writes before it.
    @discardableResult
    public func write<T>(_ body: (PostgreSQLConnection) throws -> T) throws -> T {
        try pool.run(
            until: nil,
            begin: { session throws(SQLError) in
                do throws(SQLError) {
                    // The snapshots of the statements after this one have in them what the writer before kept.
                    try session.runScript(
                        "begin transaction isolation level read committed; select pg_advisory_xact_lock(\(lock))")
                } catch {
                    if !session.isIdle { try? session.runScript("rollback") }
                    throw error
                }
            },
            work: { session, _ in
                let result = try ending(session) { try body(PostgreSQLConnection(session: session)) }
                try commit(session)
                return result
            })
    }

    /// The rows of one query, in one round trip once it is planned.
    public func query(
        _ sql: String, _ values: [Value], until deadline: ContinuousClock.Instant?
    ) throws(SQLError) -> [SQLRow] {
        do {
            return try pool.run(
                until: deadline,
                begin: { session throws(SQLError) in try PostgreSQLConnection(session: session).query(sql, values) },
                work: { _, rows in rows })
        } catch let error as SQLError {
            throw error
        } catch {
            throw SQLError(.failed, "the store '\(place)' failed: \(error)")
        }
    }

    /// Rolls back where the work throws; a connection on which that fails is closed.
    private func ending<T>(_ session: Session, _ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch {
            try? session.runScript("rollback")
            throw error
        }
    }

    private func commit(_ session: Session) throws(SQLError) {
        guard session.connection.transactionStatus == PG_TRANSACTION_OPEN else {
            // A statement failed and the closure went on: the server would answer `commit` with a rollback, quietly.
            try? session.runScript("rollback")
            throw SQLError(.failed, "a statement of the transaction failed, so nothing of it is kept")
        }
        do throws(SQLError) {
            try session.runScript("commit")
        } catch  where error.kind == .unreachable || error.kind == .interrupted {
            var error = error
            error.message = "the connection was lost while a change was being kept: \(error.message)"
            error.hint = "Look whether the change is there before trying it again."
            throw error
        }
    }

    /// Makes the schema under the lock, as two at once would be in each other's way.
    private func makeSchema(_ schema: String) throws(SQLError) {
        let isThere = "select 1 as found from pg_namespace where nspname = $1"
        guard try query(isThere, [.string(schema)], until: nil).isEmpty else { return }
        do {
            try write { connection in
                guard try connection.query(isThere, [.string(schema)]).isEmpty else { return }
                try connection.execute("create schema \(SQLText.name(schema))")
            }
        } catch let error as SQLError where error.kind == .unreadable {
            var error = error
            error.hint = "Let the owner of the database run: create schema \(SQLText.name(schema)) authorization USER"
            throw error
        } catch let error as SQLError {
            throw error
        } catch {
            throw SQLError(.failed, "the store '\(place)' failed: \(error)")
        }
    }

    /// The bytes of a name, over which PostgreSQL cuts it off.
    private static let nameByteCountMax = 63

    /// The number of a schema's lock.
    private static func lock(of schema: String) -> Int64 {
        Int64(bitPattern: UInt64(SHA256Digest(of: Data("slipway \(schema)".utf8)).hex.prefix(16), radix: 16) ?? 0)
    }
}
