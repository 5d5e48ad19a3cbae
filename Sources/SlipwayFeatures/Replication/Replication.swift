public import SlipwayData

/// Brings the rows of a feature view from its source into the serving store.
///
/// Fetch, cover personal columns, check the key, write a fresh copy, compare its row count and digest as
/// the store reads them back with what was fetched, switch. A failure at any step leaves readers on the copy they had.
public struct Replication: Sendable {
    /// The view.
    public var view: FeatureView
    /// Where its rows come from.
    public var source: any DataSource
    /// Where its rows go.
    public var store: any FeatureStore
    /// What the source may return, and how long it may take.
    public var limits: FetchLimits
    /// What decrypts the columns that come encrypted.
    public var ciphers: [String: ColumnCipher]
    /// HMAC-SHA-256 under the project's secret key, for columns that the view hashes.
    public var keyedDigest: (@Sendable ([UInt8]) -> [UInt8])?
    /// Tells the time.
    public var now: @Sendable () -> Timestamp

    /// Prepares a replication.
    public init(
        view: FeatureView, source: any DataSource, store: any FeatureStore, limits: FetchLimits = FetchLimits(),
        ciphers: [String: ColumnCipher] = [:], keyedDigest: (@Sendable ([UInt8]) -> [UInt8])? = nil,
        now: @escaping @Sendable () -> Timestamp = { Timestamp.now() }
    ) {
        self.view = view
        self.source = source
        self.store = store
        self.limits = limits
        self.ciphers = ciphers
        self.keyedDigest = keyedDigest
        self.now = now
    }

    /// Replicates the view once.
    ///
    /// - Throws: ``FeatureError``; the live copy is the one from before then.
    public func run() async throws(FeatureError) -> ReplicationOutcome {
        let start = ContinuousClock.now
        let replicatedAt = now()
        try view.validate()
        let filter = try privacyFilter()
        let rows = try view.storedRows(of: try protect(try await fetch(), by: filter))
        return try await bring(rows, replicatedAt: replicatedAt, snapshot: nil, since: start)
    }

    /// Brings the rows of a snapshot, which were covered when it was taken.
    ///
    /// - Parameters:
    ///   - rows: The rows of the snapshot.
    ///   - snapshot: Which one it is, as `NAME@DIGEST`.
    ///   - takenAt: When the source was asked for them.
    /// - Throws: ``FeatureError``; the live copy is the one from before then.
    public func run(
        of rows: Table, from snapshot: String, takenAt: Timestamp
    ) async throws(FeatureError) -> ReplicationOutcome {
        let start = ContinuousClock.now
        try view.validate()
        return try await bring(
            try view.storedRows(of: rows), replicatedAt: takenAt, snapshot: snapshot, since: start)
    }

    /// Writes, verifies, and switches.
    private func bring(
        _ rows: Table, replicatedAt: Timestamp, snapshot: String?, since start: ContinuousClock.Instant
    ) async throws(FeatureError) -> ReplicationOutcome {
        let previous = try store.live(view.name)
        let staged = try await store.stage(rows, for: view, replicatedAt: replicatedAt, snapshot: snapshot)
        do {
            try verify(staged, against: rows)
            try await store.activate(staged, at: now())
        } catch {
            // The first error is the one to tell; a copy that cannot be dropped now goes with the next replication.
            try? await store.discard(staged)
            throw error
        }
        return ReplicationOutcome(generation: staged, previous: previous, duration: .now - start)
    }

    private func fetch() async throws(FeatureError) -> Table {
        do {
            return try await source.fetch(view.query, limits: limits)
        } catch {
            throw FeatureError(
                .fetchFailed, "feature view '\(view.name)' could not be fetched: \(error.message)", hint: error.hint,
                outlook: error.outlook)
        }
    }

    private func privacyFilter() throws(FeatureError) -> PrivacyFilter {
        guard let keyedDigest else {
            let hashed = view.privacy.filter { $0.value == .hash }.keys.sorted()
            guard hashed.isEmpty else {
                throw FeatureError(
                    .invalidView,
                    "feature view '\(view.name)' hashes \(hashed.joined(separator: ", ")), "
                        + "and the project has no secret key",
                    hint: "Give the project a secret key, or drop or mask the column.")
            }
            return PrivacyFilter(policies: view.privacy, ciphers: ciphers, keyedDigest: { _ in [] })
        }
        return PrivacyFilter(policies: view.privacy, ciphers: ciphers, keyedDigest: keyedDigest)
    }

    private func protect(_ rows: Table, by filter: PrivacyFilter) throws(FeatureError) -> Table {
        do {
            return try filter.apply(to: rows)
        } catch {
            throw FeatureError(.invalidView, "feature view '\(view.name)': \(error.message)", hint: error.hint)
        }
    }

    private func verify(_ staged: FeatureGeneration, against rows: Table) throws(FeatureError) {
        guard staged.rowCount == rows.rowCount else {
            throw FeatureError(
                .verificationFailed,
                "feature view '\(view.name)': the store holds \(staged.rowCount) of the \(rows.rowCount) rows fetched",
                hint: "Replicate again; if it persists, check the store's disk.")
        }
        guard staged.digest == TableDigest.of(rows) else {
            throw FeatureError(
                .verificationFailed,
                "feature view '\(view.name)': the rows in the store differ from the \(rows.rowCount) rows fetched",
                hint: "Replicate again; if it persists, check the store's disk.")
        }
    }
}
