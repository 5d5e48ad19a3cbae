public import SlipwayData

/// A type that holds the replicated copies of feature views and answers look-ups by key.
///
/// ## Contract for implementers
/// - A staged copy is seen by nobody until ``activate(_:)``, which switches all readers at once.
/// - ``stage(_:for:replicatedAt:)`` reports what it reads back from the store, not what it was given.
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
    /// - Throws: ``FeatureError``; nothing of the copy is left then.
    func stage(
        _ rows: Table, for view: FeatureView, replicatedAt: Timestamp
    ) async throws(FeatureError) -> FeatureGeneration

    /// Makes a staged copy the live one.
    ///
    /// - Throws: ``FeatureError``; the live copy stays live then.
    func activate(_ generation: FeatureGeneration) async throws(FeatureError)

    /// Drops a staged copy; one that is gone or live is left alone.
    func discard(_ generation: FeatureGeneration) async throws(FeatureError)

    /// The live copy of a view, or `nil` when it was never replicated.
    func live(_ view: String) throws(FeatureError) -> FeatureGeneration?

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
    /// Finds rows by key, however long it takes.
    public func lookUp(view: String, keys: [Value]) throws(FeatureError) -> FeatureRows {
        try lookUp(view: view, keys: keys, until: nil)
    }
}
