public import SlipwayData

/// A type that holds the replicated copies of feature views and answers look-ups by key.
///
/// ## Contract for implementers
/// - A staged copy is seen by nobody until ``activate(_:at:)``, which switches all readers at once.
/// - ``stage(_:for:replicatedAt:snapshot:)`` reports what it reads back from the store, not what it was given.
/// - Staging drops what an earlier, killed replication of the view left behind; a replication that is still running
///   is overtaken by a later one and fails with ``FeatureError`` of kind `superseded`.
/// - After a switch the copy before stays, older ones go.
/// - A look-up answers from one copy, keeps answering while a copy is staged and switched by any process, and gives
///   `nil` for a key that no row has or can have.
///
/// `FeatureStoreConformance` in the test kit checks it.
public protocol FeatureStore: Sendable {
    /// Writes rows, in their order, into a fresh copy of a view and reads it back.
    ///
    /// - Parameters:
    ///   - rows: Rows whose key column holds distinct values, none missing.
    ///   - view: The view; its name and key are used.
    ///   - replicatedAt: The moment at which the source was asked.
    ///   - snapshot: The snapshot that the rows are from; `nil` for rows that came from their source.
    /// - Throws: ``FeatureError``; nothing of the copy is left then.
    func stage(
        _ rows: Table, for view: FeatureView, replicatedAt: Timestamp, snapshot: String?
    ) async throws(FeatureError) -> FeatureGeneration

    /// Reads a copy as a whole, so that what the store holds can be compared with what it should hold.
    ///
    /// - Throws: ``FeatureError`` of kind `superseded` for a copy that is gone, and else as the store fails.
    func content(of generation: FeatureGeneration) async throws(FeatureError) -> FeatureContent

    /// Makes a staged copy the live one.
    ///
    /// - Throws: ``FeatureError``; the live copy stays live then.
    func activate(_ generation: FeatureGeneration, at now: Timestamp) async throws(FeatureError)

    /// Drops a staged copy; one that is gone or live is left alone.
    func discard(_ generation: FeatureGeneration) async throws(FeatureError)

    /// The live copy of a view, or `nil` when it was never replicated.
    func live(_ view: String) throws(FeatureError) -> FeatureGeneration?

    /// When the live copy of a view was switched to, or `nil` where there is none, or nobody noted it.
    func liveSince(_ view: String) throws(FeatureError) -> Timestamp?

    /// The live copies of all views, by name.
    func liveGenerations() throws(FeatureError) -> [FeatureGeneration]

    /// The copy that was live before the live one and can be made live again, or `nil` when there is none.
    func previous(_ view: String) throws(FeatureError) -> FeatureGeneration?

    /// Whether look-ups find what they want on this machine, and so hold their thread for microseconds only.
    var isLocal: Bool { get }

    /// Finds rows by key.
    ///
    /// - Parameters:
    ///   - keys: At most ``FeatureLimits/keyCountMax``; each is converted as ``FeatureKey`` says.
    ///   - deadline: When to give up; `nil` waits as long as the store does.
    /// - Throws: ``FeatureError``: `notReplicated` when the view has no live copy, `limitExceeded`,
    ///   `deadlineExceeded`, `storeFailed`.
    /// - Complexity: O(keys · log rows).
    func lookUp(
        view: String, keys: [Value], until deadline: ContinuousClock.Instant?
    ) throws(FeatureError) -> FeatureRows
}

extension FeatureStore {
    /// Makes a staged copy the live one, now.
    public func activate(_ generation: FeatureGeneration) async throws(FeatureError) {
        try await activate(generation, at: .now())
    }

    /// Writes rows that came from their source into a fresh copy of a view and reads it back.
    public func stage(
        _ rows: Table, for view: FeatureView, replicatedAt: Timestamp
    ) async throws(FeatureError) -> FeatureGeneration {
        try await stage(rows, for: view, replicatedAt: replicatedAt, snapshot: nil)
    }

    /// Finds rows by key, however long it takes.
    public func lookUp(view: String, keys: [Value]) throws(FeatureError) -> FeatureRows {
        try lookUp(view: view, keys: keys, until: nil)
    }
}
