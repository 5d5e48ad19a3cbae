public import SlipwayData
public import SlipwayFeatures
public import SlipwaySQL
import Synchronization

/// A feature store in an SQL database: one table for each copy of a view, and a row that points at the live one.
///
/// Copies are written in small transactions, so that other writers of the store wait little, and looked up through a
/// prepared statement. The pointer and the rows are read in one transaction, so a reader follows a switch made by any
/// process at its next look-up and never meets a dropped table.
public final class SQLFeatureStore: FeatureStore {
    private let database: SQLiteDatabase
    private let layouts = Mutex<[String: Layout]>([:])

    /// What a look-up needs to know of a view's live copy; it is kept until the pointer moves.
    private struct Layout {
        var generation: FeatureGeneration
        var table: FeatureTable
        var lookUpStatement: String
    }

    /// Opens the store in a database, making its tables if they are not there.
    ///
    /// - Throws: ``FeatureError`` of kind `storeLocked` or `storeFailed`.
    public init(_ database: SQLiteDatabase) throws(FeatureError) {
        self.database = database
        do {
            try database.migrate(FeatureMigrations.all, component: FeatureMigrations.component)
        } catch {
            throw FeatureError(
                error.kind == .locked ? .storeLocked : .storeFailed, error.message, hint: error.hint)
        }
    }

    /// Writes rows into a table of their own and reads them back.
    public func stage(
        _ rows: Table, for view: FeatureView, replicatedAt: Timestamp
    ) async throws(FeatureError) -> FeatureGeneration {
        try await BlockingWork.run { [self] () throws(FeatureError) -> FeatureGeneration in
            try FeatureError.wrapping(view: view.name) {
                let staging = FeatureStaging(database: database, view: view, replicatedAt: replicatedAt)
                return try staging.run(rows)
            }
        }
    }

    /// Points readers at a copy and drops those before the previous one.
    public func activate(_ generation: FeatureGeneration) async throws(FeatureError) {
        try await BlockingWork.run { [self] () throws(FeatureError) in
            try FeatureError.wrapping(view: generation.view) {
                let previous = try database.write { connection in
                    try FeatureCatalog(connection).activate(generation)
                }
                // Apart from the switch, which must not wait for the freeing of pages. Where it fails, the data is
                // live all the same, and the next switch drops what was left.
                let oldestKept = min(generation.number, previous ?? generation.number)
                _ = try? database.write { connection in
                    try FeatureCatalog(connection).dropGenerations(of: generation.view, below: oldestKept)
                }
            }
        }
    }

    /// Drops a copy that is not live.
    public func discard(_ generation: FeatureGeneration) async throws(FeatureError) {
        try await BlockingWork.run { [self] () throws(FeatureError) in
            try FeatureError.wrapping(view: generation.view) {
                try database.write { connection in
                    let catalog = FeatureCatalog(connection)
                    guard try catalog.liveNumber(of: generation.view) != generation.number else { return }
                    try catalog.drop(generation.view, number: generation.number)
                }
            }
        }
    }

    /// The live copy of a view.
    public func live(_ view: String) throws(FeatureError) -> FeatureGeneration? {
        try FeatureError.wrapping(view: view) {
            try database.read { try FeatureCatalog($0).live(view) }
        }
    }

    /// The live copies of all views, by name.
    public func liveGenerations() throws(FeatureError) -> [FeatureGeneration] {
        try FeatureError.wrapping(view: "*") {
            try database.read { try FeatureCatalog($0).liveGenerations() }
        }
    }

    /// Finds rows by key.
    public func lookUp(view: String, keys: [Value]) throws(FeatureError) -> FeatureRows {
        guard keys.count <= FeatureLimits.keyCountMax else {
            throw FeatureError(
                .limitExceeded, "a look-up takes at most \(FeatureLimits.keyCountMax) keys", hint: "Ask in parts.")
        }
        return try FeatureError.wrapping(view: view) {
            try database.read { connection in
                let layout = try layout(of: view, on: connection)
                let rows = try keys.map { key in try row(key, layout: layout, on: connection) }
                return FeatureRows(rows: rows, generation: layout.generation)
            }
        }
    }

    private func row(_ value: Value, layout: Layout, on connection: SQLConnection) throws -> [String: Value]? {
        guard let key = FeatureKey(value, in: layout.generation.keyType),
            let row = try connection.queryFirst(layout.lookUpStatement, [key.value])
        else { return nil }
        let cells = layout.table.cells(of: row)
        return Dictionary(zip(layout.table.columns.lazy.map(\.name), cells), uniquingKeysWith: { first, _ in first })
    }

    /// The layout of the copy that the connection sees as live; its description is decoded once per copy.
    private func layout(of view: String, on connection: SQLConnection) throws -> Layout {
        let catalog = FeatureCatalog(connection)
        guard let number = try catalog.liveNumber(of: view) else {
            throw FeatureError(
                .notReplicated, "feature view '\(view)' has never been replicated into this store",
                hint: "Run 'slipway data replicate \(view)'.")
        }
        if let known = layouts.withLock({ $0[view] }), known.generation.number == number { return known }
        guard let generation = try catalog.generation(of: view, number: number) else {
            throw FeatureError(.storeFailed, "feature view '\(view)' points at copy \(number), which is not there")
        }
        let table = try FeatureTable(view: view, number: number, columns: generation.columns, key: generation.key)
        let layout = Layout(generation: generation, table: table, lookUpStatement: table.lookUpStatement)
        layouts.withLock { $0[view] = layout }
        return layout
    }
}
