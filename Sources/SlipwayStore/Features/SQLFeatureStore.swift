public import SlipwayData
public import SlipwayFeatures
public import SlipwaySQL
import Synchronization

/// A feature store in an SQL database: one table for each copy of a view, and a row that points at the live one.
///
/// Copies are written in small transactions, so that other writers of the store wait little, and looked up through one
/// prepared statement that reads pointer and rows in one state of the store: a reader follows a switch made by any
/// process at its next look-up, and asks again where the copy that it knew is gone.
public final class SQLFeatureStore: FeatureStore {
    private let database: any SQLDatabase
    private let layouts = Mutex<[String: Layout]>([:])

    /// What a look-up needs to know of a view's live copy; it is kept until the pointer moves.
    private struct Layout {
        var generation: FeatureGeneration
        var table: FeatureTable
    }

    /// Opens the store in a database, making its tables if they are not there.
    ///
    /// - Throws: ``FeatureError`` of kind `storeLocked` or `storeFailed`.
    public init(_ database: any SQLDatabase) throws(FeatureError) {
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
        _ rows: Table, for view: FeatureView, replicatedAt: Timestamp, snapshot: String?
    ) async throws(FeatureError) -> FeatureGeneration {
        try await BlockingWork.run { [self] () throws(FeatureError) -> FeatureGeneration in
            try FeatureError.wrapping(view: view.name) {
                let staging = FeatureStaging(
                    database: database, view: view, replicatedAt: replicatedAt, snapshot: snapshot)
                return try staging.run(rows)
            }
        }
    }

    /// Reads a copy as a whole.
    public func content(of generation: FeatureGeneration) async throws(FeatureError) -> FeatureContent {
        try await BlockingWork.run { [self] () throws(FeatureError) -> FeatureContent in
            try FeatureError.wrapping(view: generation.view) {
                try database.read { try FeatureCatalog($0).requireStaged(generation.view, number: generation.number) }
                return try FeatureTable(
                    view: generation.view, number: generation.number, columns: generation.columns, key: generation.key
                ).content(in: database)
            }
        }
    }

    /// Points readers at a copy and drops those before the previous one.
    public func activate(_ generation: FeatureGeneration, at now: Timestamp) async throws(FeatureError) {
        try await BlockingWork.run { [self] () throws(FeatureError) in
            try FeatureError.wrapping(view: generation.view) {
                let previous = try database.write { connection in
                    try FeatureCatalog(connection).activate(generation, at: now)
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

    /// When the live copy was switched to.
    public func liveSince(_ view: String) throws(FeatureError) -> Timestamp? {
        try FeatureError.wrapping(view: view) { try database.read { try FeatureCatalog($0).liveSince(view) } }
    }

    /// The live copies of all views, by name.
    public func liveGenerations() throws(FeatureError) -> [FeatureGeneration] {
        try FeatureError.wrapping(view: "*") {
            try database.read { try FeatureCatalog($0).liveGenerations() }
        }
    }

    /// The copy that was live before the live one.
    public func previous(_ view: String) throws(FeatureError) -> FeatureGeneration? {
        try FeatureError.wrapping(view: view) {
            try database.read { try FeatureCatalog($0).previous(view) }
        }
    }

    /// Whether the database is on this machine's disk.
    public var isLocal: Bool { !database.isRemote }

    /// Finds rows by key.
    public func lookUp(
        view: String, keys: [Value], until deadline: ContinuousClock.Instant?
    ) throws(FeatureError) -> FeatureRows {
        guard keys.count <= FeatureLimits.keyCountMax else {
            throw FeatureError(
                .limitExceeded, "a look-up takes at most \(FeatureLimits.keyCountMax) keys", hint: "Ask in parts.")
        }
        return try FeatureError.wrapping(view: view) {
            var layout = try layouts.withLock { $0[view] } ?? currentLayout(of: view, until: deadline)
            for _ in 0..<Self.attemptCountMax {
                if let rows = try rows(keys, layout: layout, until: deadline) {
                    return FeatureRows(rows: rows, generation: layout.generation)
                }
                layout = try currentLayout(of: view, until: deadline)
            }
            throw FeatureError(
                .storeFailed, "feature view '\(view)' was replicated anew again and again while it was read",
                hint: "Refresh it less often.")
        }
    }

    /// How often a look-up asks for the live copy; each time one more replication must have come in between.
    private static let attemptCountMax = 8
    /// The keys of one statement, of which there are few kinds so that each stays planned.
    private static let keyCounts = [1, 8, 64, keyCountMax]
    private static let keyCountMax = 512

    /// The rows of a copy; `nil` when it is not the live one any more.
    private func rows(
        _ keys: [Value], layout: Layout, until deadline: ContinuousClock.Instant?
    ) throws -> [[String: Value]?]? {
        let wanted = keys.map { FeatureKey($0, in: layout.generation.keyType) }
        let distinct = Array(Set(wanted.compactMap(\.self)))
        var found: [FeatureKey: [String: Value]] = [:]
        var rest = distinct[...]
        // Also where no key is one, the view may not be there, or have another live copy.
        repeat {
            let part = rest.prefix(Self.keyCountMax)
            guard try find(part, layout: layout, into: &found, until: deadline) else { return nil }
            rest = rest.dropFirst(part.count)
        } while !rest.isEmpty
        return wanted.map { $0.flatMap { found[$0] } }
    }

    /// Finds the rows of some keys; `false` when the copy is not the live one any more.
    private func find(
        _ keys: ArraySlice<FeatureKey>, layout: Layout, into found: inout [FeatureKey: [String: Value]],
        until deadline: ContinuousClock.Instant?
    ) throws -> Bool {
        let table = layout.table
        let placeCount = Self.keyCounts.first { $0 >= keys.count } ?? keys.count
        var values = [Value.string(layout.generation.view)] + keys.map(\.value)
        values += [Value](repeating: keys.last?.value ?? .missing, count: placeCount - keys.count)
        let answer = try ask(table.lookUpStatement(keyCount: placeCount), values, until: deadline)
        guard let rows = answer, let first = rows.first, case .integer(let live) = first.values[0],
            live == layout.generation.number
        else {
            return false
        }
        for row in rows {
            let cells = table.cells(of: row.values.dropFirst())
            guard let key = FeatureKey(cells[table.keyIndex], in: layout.generation.keyType) else { continue }
            found[key] = Dictionary(zip(table.columns.lazy.map(\.name), cells), uniquingKeysWith: { first, _ in first })
        }
        return true
    }

    /// The rows of a statement; `nil` when the table of the copy is gone.
    private func ask(
        _ statement: String, _ values: [Value], until deadline: ContinuousClock.Instant?
    ) throws(SQLError) -> [SQLRow]? {
        do throws(SQLError) {
            return try database.query(statement, values, until: deadline)
        } catch {
            if error.kind == .missingTable { return nil }
            throw error
        }
    }

    /// The layout of the copy that is live now; it is kept for the next look-ups.
    private func currentLayout(of view: String, until deadline: ContinuousClock.Instant?) throws -> Layout {
        guard let generation = try database.read(until: deadline, { try FeatureCatalog($0).live(view) }) else {
            layouts.withLock { $0[view] = nil }
            throw FeatureError(
                .notReplicated, "feature view '\(view)' has never been replicated into this store",
                hint: "Run 'slipway data replicate \(view)'.")
        }
        let table = try FeatureTable(
            view: view, number: generation.number, columns: generation.columns, key: generation.key)
        let layout = Layout(generation: generation, table: table)
        layouts.withLock { $0[view] = layout }
        return layout
    }
}
