public import SlipwayData

extension SQLDatabase {
    /// Brings the tables of one component up to date.
    ///
    /// Each migration runs in a transaction of its own and is recorded in the table `schema_migrations`; two processes
    /// may migrate at once. A store that is up to date is only read.
    ///
    /// - Parameters:
    ///   - migrations: All migrations of the component, numbered from 1 without gaps.
    ///   - component: The part of the platform that owns the tables: `registry`, `features`.
    ///   - now: The time to record.
    /// - Throws: ``SQLError``; kind `newerStore` when the store has a migration that is not in the list.
    public func migrate(_ migrations: [Migration], component: String, now: Timestamp = .now()) throws(SQLError) {
        precondition(
            migrations.map(\.number) == Array(1..<(migrations.count + 1)), "migrations are numbered from 1 without gaps"
        )
        let place = place
        let applied = try SQLError.wrapping(place) {
            try read { try Self.lastMigration(of: component, on: $0) }
        }
        try Self.refuseNewer(applied ?? 0, known: migrations.count, component: component, place: place)
        guard applied.map({ $0 < migrations.count }) ?? true else { return }
        try SQLError.wrapping(place) {
            try write { try $0.executeScript(Self.recordTable) }
            for migration in migrations {
                try write { try Self.apply(migration, component: component, now: now, on: $0) }
            }
        }
    }

    private static var recordTable: String {
        """
        create table if not exists schema_migrations (
            component text not null,
            number integer not null,
            name text not null,
            applied_at text not null,
            primary key (component, number)
        )
        """
    }

    /// The number of the last applied migration, 0 when there is none, `nil` when nothing was ever recorded here.
    private static func lastMigration(of component: String, on connection: any SQLConnection) throws(SQLError) -> Int? {
        do {
            let row = try connection.queryFirst(
                "select coalesce(max(number), 0) as last from schema_migrations where component = $1",
                [.string(component)])
            return try row?.integer("last")
        } catch  where error.kind == .missingTable {
            return nil
        }
    }

    private static func apply(
        _ migration: Migration, component: String, now: Timestamp, on connection: any SQLConnection
    ) throws(SQLError) {
        // Asked again under the write lock: another process may have got here first.
        guard try lastMigration(of: component, on: connection) ?? 0 < migration.number else { return }
        try connection.executeScript(migration.sql)
        try connection.execute(
            "insert into schema_migrations (component, number, name, applied_at) values ($1, $2, $3, $4)",
            [
                .string(component), .integer(Int64(migration.number)), .string(migration.name),
                .string(now.description),
            ])
    }

    private static func refuseNewer(_ applied: Int, known: Int, component: String, place: String) throws(SQLError) {
        guard applied > known else { return }
        throw SQLError(
            .newerStore,
            "the \(component) tables of the store '\(place)' are at version \(applied), and this Slipway knows \(known)",
            hint: "Update Slipway, or point it at another store.")
    }
}
