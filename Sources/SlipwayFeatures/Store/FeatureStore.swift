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

    /// Finds rows by key.
    ///
    /// - Parameter keys: At most ``FeatureLimits/keyCountMax``; each is converted as ``FeatureKey`` says.
    /// - Throws: ``FeatureError``: `notReplicated` when the view has no live copy, `limitExceeded`, `storeFailed`.
    /// - Complexity: O(keys · log rows).
    func lookUp(view: String, keys: [Value]) throws(FeatureError) -> FeatureRows
}
