public import SlipwayData
public import SlipwayFeatures
import Synchronization

/// A feature store without a disk, for tests of what stands on the seam.
public final class InMemoryFeatureStore: FeatureStore {
    private struct Copy {
        var generation: FeatureGeneration
        var rows: Table
        var rowByKey: [FeatureKey: Int]
    }

    private struct View {
        var lastNumber = 0
        var live: Int?
        var liveSince: Timestamp?
        var copies: [Int: Copy] = [:]
    }

    private let views = Mutex<[String: View]>([:])
    private let corruption: (@Sendable (Table) -> Table)?

    /// Makes an empty store.
    ///
    /// - Parameter corruption: What goes wrong between a row that is written and a row that is read back.
    public init(corrupting corruption: (@Sendable (Table) -> Table)? = nil) { self.corruption = corruption }

    /// Holds the rows as a copy that nobody reads yet.
    public func stage(
        _ rows: Table, for view: FeatureView, replicatedAt: Timestamp, snapshot: String?
    ) async throws(FeatureError) -> FeatureGeneration {
        let held = corruption.map { $0(rows) } ?? rows
        var rowByKey: [FeatureKey: Int] = [:]
        for row in 0..<held.rowCount {
            if let column = held[view.key], let key = FeatureKey(column[row], in: column.type) { rowByKey[key] = row }
        }
        return views.withLock { views in
            var entry = views[view.name] ?? View()
            entry.lastNumber += 1
            let generation = FeatureGeneration(
                view: view.name, number: entry.lastNumber, key: view.key, columns: held.featureColumns,
                rowCount: held.rowCount, digest: TableDigest.of(held), replicatedAt: replicatedAt,
                snapshot: snapshot)
            // What is neither live nor the copy before was left by a replication that did not finish.
            entry.copies = entry.copies.filter { number, _ in entry.live.map { number <= $0 } ?? false }
            entry.copies[entry.lastNumber] = Copy(generation: generation, rows: held, rowByKey: rowByKey)
            views[view.name] = entry
            return generation
        }
    }

    /// What a copy holds.
    public func content(of generation: FeatureGeneration) async throws(FeatureError) -> FeatureContent {
        try views.withLock { views throws(FeatureError) in
            guard let copy = views[generation.view]?.copies[generation.number] else {
                throw FeatureError(.superseded, "the copy of feature view '\(generation.view)' is gone")
            }
            return FeatureContent(rowCount: copy.rows.rowCount, digest: TableDigest.of(copy.rows))
        }
    }

    /// Switches readers to a copy.
    public func activate(_ generation: FeatureGeneration, at now: Timestamp) async throws(FeatureError) {
        try views.withLock { views throws(FeatureError) in
            guard var entry = views[generation.view], entry.copies[generation.number] != nil else {
                throw FeatureError(
                    .superseded, "a later replication of feature view '\(generation.view)' took the place of this one")
            }
            let kept = [generation.number, entry.live]
            entry.live = generation.number
            entry.liveSince = now
            entry.copies = entry.copies.filter { kept.contains($0.key) }
            views[generation.view] = entry
        }
    }

    /// Drops a copy that is not live.
    public func discard(_ generation: FeatureGeneration) async throws(FeatureError) {
        views.withLock { views in
            guard views[generation.view]?.live != generation.number else { return }
            views[generation.view]?.copies[generation.number] = nil
        }
    }

    /// The live copy of a view.
    public func live(_ view: String) throws(FeatureError) -> FeatureGeneration? { liveCopy(of: view)?.generation }

    /// When the live copy was switched to.
    public func liveSince(_ view: String) throws(FeatureError) -> Timestamp? { views.withLock { $0[view]?.liveSince } }

    /// The copy that was live before the live one.
    public func previous(_ view: String) throws(FeatureError) -> FeatureGeneration? {
        views.withLock { views in
            guard let entry = views[view], let live = entry.live else { return nil }
            return entry.copies.keys.filter { $0 < live }.max().flatMap { entry.copies[$0]?.generation }
        }
    }

    /// In this process.
    public var isLocal: Bool { true }

    /// The live copies of all views, by name.
    public func liveGenerations() throws(FeatureError) -> [FeatureGeneration] {
        views.withLock { views in
            views.values.compactMap { view in view.live.flatMap { view.copies[$0]?.generation } }
                .sorted { $0.view < $1.view }
        }
    }

    /// Finds rows by key.
    public func lookUp(
        view: String, keys: [Value], until deadline: ContinuousClock.Instant?
    ) throws(FeatureError) -> FeatureRows {
        guard keys.count <= FeatureLimits.keyCountMax else {
            throw FeatureError(.limitExceeded, "a look-up takes at most \(FeatureLimits.keyCountMax) keys")
        }
        guard let copy = liveCopy(of: view) else {
            throw FeatureError(.notReplicated, "feature view '\(view)' has never been replicated")
        }
        let names = copy.rows.names
        let rows = keys.map { value -> [String: Value]? in
            guard let key = FeatureKey(value, in: copy.generation.keyType), let row = copy.rowByKey[key] else {
                return nil
            }
            return Dictionary(uniqueKeysWithValues: zip(names, copy.rows.row(row)))
        }
        return FeatureRows(rows: rows, generation: copy.generation)
    }

    private func liveCopy(of view: String) -> Copy? {
        views.withLock { views in views[view].flatMap { entry in entry.live.flatMap { entry.copies[$0] } } }
    }
}
