public import SlipwayAccess
import SlipwayData
public import SlipwaySQL

/// The keys of a project in a SQL store.
///
/// Changes are numbered inside the write transaction, whose lock is taken at its start, so that the revision grows with
/// every change however many processes write.
public struct SQLAccessStore: AccessStore {
    private let database: any SQLDatabase

    /// Opens the keys, bringing their tables up to date.
    ///
    /// - Throws: ``AccessError`` of kind `storeFailed`.
    public init(_ database: any SQLDatabase) throws(AccessError) {
        self.database = database
        try Self.wrapping { try database.migrate(AccessMigrations.all, component: "access") }
    }

    /// Keeps a new key with its audit entry.
    public func create(_ key: APIKey, audit: AccessEntry) throws(AccessError) {
        try Self.wrapping {
            try database.write { connection in
                let taken = try connection.queryFirst(
                    "select name from access_keys where id = $1 or (name = $2 and revoked_at is null)",
                    [.string(key.id), .string(key.name)])
                guard taken == nil else {
                    throw AccessError(
                        .conflict, "there is a key '\(key.name)' already",
                        hint: "Take another name, or revoke that key first.")
                }
                try Self.insert(key, on: connection)
                try Self.write(audit, on: connection)
            }
        }
    }

    /// Marks a key as revoked, with its audit entry.
    public func revoke(_ id: String, audit: AccessEntry) throws(AccessError) -> APIKey {
        try Self.wrapping {
            try database.write { connection in
                let row = try connection.queryFirst("select * from access_keys where id = $1", [.string(id)])
                guard var key = try row.map(APIKey.init) else {
                    throw AccessError(
                        .notFound, "there is no key with this id", hint: "slipway key list shows the keys.")
                }
                if let revokedAt = key.revokedAt {
                    throw AccessError(.conflict, "the key \(key.name) was revoked already, at \(revokedAt)")
                }
                key.revokedAt = audit.time
                try connection.execute(
                    "update access_keys set revoked_at = $1 where id = $2",
                    [.string(audit.time.description), .string(id)])
                try Self.write(audit, on: connection)
                return key
            }
        }
    }

    /// All keys in the order in which they were made.
    public func keys() throws(AccessError) -> [APIKey] {
        try Self.wrapping {
            try database.read { try $0.query("select * from access_keys order by number").map(APIKey.init) }
        }
    }

    /// The number of changes so far.
    public func revision() throws(AccessError) -> Int {
        try Self.wrapping {
            try database.read {
                try $0.queryFirst("select coalesce(max(number), 0) as last from access_audit")?.integer("last") ?? 0
            }
        }
    }

    /// The latest audit entries, newest first.
    public func audit(limit: Int) throws(AccessError) -> [AccessEntry] {
        // SQLite takes a negative limit for none at all.
        let limit = max(0, limit)
        return try Self.wrapping {
            try database.read {
                try $0.query("select * from access_audit order by number desc limit $1", [.integer(Int64(limit))])
                    .map(AccessEntry.init)
            }
        }
    }

    private static func insert(_ key: APIKey, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            insert into access_keys (
                number, id, name, hash, scopes, rate_limit, created_at, created_by, expires_at, revoked_at)
            values ((select coalesce(max(number), 0) + 1 from access_keys), $1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .string(key.id), .string(key.name), .string(key.hash.hex),
                .string(key.scopes.map(\.description).joined(separator: " ")),
                key.rateLimit.map(Value.number) ?? .missing, .string(key.createdAt.description),
                .string(key.createdBy), key.expiresAt.map { .string($0.description) } ?? .missing,
                key.revokedAt.map { .string($0.description) } ?? .missing,
            ])
    }

    private static func write(_ entry: AccessEntry, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            insert into access_audit (number, at, actor, action, key_id, key_name, detail)
            values ((select coalesce(max(number), 0) + 1 from access_audit), $1, $2, $3, $4, $5, $6)
            """,
            [
                .string(entry.time.description), .string(entry.actor), .string(entry.action.rawValue),
                .string(entry.keyID), .string(entry.keyName), entry.detail.map(Value.string) ?? .missing,
            ])
    }

    private static func wrapping<T>(_ body: () throws -> T) throws(AccessError) -> T {
        do {
            return try body()
        } catch let error as AccessError {
            throw error
        } catch let error as any DescribedError {
            throw AccessError(.storeFailed, "the keys cannot be used: \(error.message)", hint: error.hint)
        } catch {
            throw AccessError(.storeFailed, "the keys cannot be used: \(error)")
        }
    }
}
