import SlipwayData
public import SlipwayRegistry
import SlipwaySQL

extension SQLRegistryStore {
    /// Writes an audit entry of its own.
    public func record(_ entry: AuditEntry) throws(RegistryError) {
        try wrapping { try database.write { try Self.write(entry, on: $0) } }
    }

    /// The latest audit entries, newest first.
    public func audit(model: String?, limit: Int) throws(RegistryError) -> [AuditEntry] {
        // SQLite takes a negative limit for none at all.
        let limit = max(0, limit)
        return try wrapping {
            try database.read { connection in
                let rows =
                    if let model {
                        try connection.query(
                            "select * from audit where model = $1 order by number desc limit $2",
                            [.string(model), .integer(Int64(limit))])
                    } else {
                        try connection.query(
                            "select * from audit order by number desc limit $1", [.integer(Int64(limit))])
                    }
                return try rows.map(AuditEntry.init)
            }
        }
    }

    static func write(_ entry: AuditEntry, on connection: any SQLConnection) throws {
        try connection.execute(
            """
            insert into audit (number, at, actor, action, model, version, environment, reason)
            values ((select coalesce(max(number), 0) + 1 from audit), $1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .string(entry.time.description), .string(entry.actor), .string(entry.action.rawValue),
                .string(entry.model), entry.version.map { .integer(Int64($0)) } ?? .missing,
                entry.environment.map(Value.string) ?? .missing, entry.reason.map(Value.string) ?? .missing,
            ])
    }
}
