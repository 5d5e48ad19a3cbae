import SlipwayData
import SlipwayFeatures

extension Platform {
    /// What became of an attempt to bring fresh rows.
    enum Refreshment {
        /// There are fresh rows.
        case replicated(ReplicationOutcome)
        /// The source failed in a way that may pass, and its policy allows the rows from before.
        case kept(FeatureGeneration, since: FeatureError)
    }

    /// Brings the rows of a view from its source into a store.
    ///
    /// - Throws: What keeps the view from being replicated, where rows from before may not stand in.
    func refresh(_ configuration: FeatureConfiguration, in store: any FeatureStore) async throws -> Refreshment {
        let policy = try project.source(named: configuration.source).policy
        let featureView = configuration.featureView
        let replication = try replication(of: configuration, into: store)
        let failure: FeatureError
        do {
            return .replicated(try await replication.run())
        } catch {
            failure = error
        }
        let mayKeep = policy.onFailure == .stale && failure.kind == .fetchFailed && failure.outlook != .lasting
        guard mayKeep, let copy = try store.live(configuration.name), !featureView.isStale(copy, at: .now()) else {
            throw failure
        }
        return .kept(copy, since: failure)
    }

    /// Brings the rows of a snapshot into a store, in place of those that the source has now.
    ///
    /// - Throws: What keeps the view from being replicated; a snapshot whose personal columns were not covered as the
    ///   view covers them is refused.
    func replicate(
        _ configuration: FeatureConfiguration, from reference: SnapshotReference, into store: any FeatureStore
    ) async throws -> ReplicationOutcome {
        let folder = snapshots
        let snapshot = try folder.snapshot(reference)
        try Self.check(snapshot, for: configuration)
        // It must not be removed before the copy says that it is from there.
        let hold = try folder.hold(snapshot)
        let rows = try await BlockingWork.run { () throws(DataError) in try folder.table(of: snapshot) }
        let outcome = try await replication(of: configuration, into: store).run(
            of: rows, from: "\(snapshot.name)@\(snapshot.digest.hex)", takenAt: snapshot.manifest.takenAt)
        withExtendedLifetime(hold) {}
        return outcome
    }

    /// What a store holds where it has the rows of a snapshot.
    func content(
        of snapshot: Snapshot, in configuration: FeatureConfiguration
    ) async throws -> FeatureContent {
        try Self.check(snapshot, for: configuration)
        let (folder, view) = (snapshots, configuration.featureView)
        let table = try await BlockingWork.run { () throws(DataError) in try folder.table(of: snapshot) }
        let rows = try view.storedRows(of: table)
        return FeatureContent(rowCount: rows.rowCount, digest: TableDigest.of(rows))
    }

    private func replication(of configuration: FeatureConfiguration, into store: any FeatureStore) throws -> Replication
    {
        Replication(
            view: configuration.featureView, source: try source(named: configuration.source), store: store,
            ciphers: try ciphers(for: configuration.privacy), keyedDigest: try keyedDigest(for: configuration.privacy))
    }

    /// Refuses a snapshot of which a column lies open, or was covered otherwise, that the view covers.
    private static func check(_ snapshot: Snapshot, for configuration: FeatureConfiguration) throws(FeatureError) {
        let wanted = configuration.privacy.texts
        let covered = snapshot.manifest.origin.privacy
        guard let column = wanted.keys.sorted().first(where: { covered[$0] != wanted[$0] }) else { return }
        throw FeatureError(
            .invalidView,
            "\(snapshot.reference) has not covered '\(column)' as feature view '\(configuration.name)' does "
                + "(\(wanted[column] ?? ""))",
            hint: "Take a snapshot of the view itself: slipway data snapshot \(configuration.name)")
    }
}
