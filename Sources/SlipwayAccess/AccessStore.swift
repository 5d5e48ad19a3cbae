/// A type that keeps keys, and who made and revoked them.
///
/// ## Contract for implementers
/// - Every method is one transaction: a change and its audit entry are kept together or not at all.
/// - Several processes may use one store.
/// - Keys are never removed: a revoked one stays, so that its id and what it did can be explained.
/// - `AccessStoreConformance` in the test kit holds all of it.
public protocol AccessStore: Sendable {
    /// Keeps a new key.
    ///
    /// - Throws: ``AccessError``: `conflict` when the id is taken, or the name by a key that is not revoked.
    func create(_ key: APIKey, audit: AccessEntry) throws(AccessError)

    /// Marks a key as revoked at the time of the entry, and returns it.
    ///
    /// - Throws: ``AccessError``: `notFound`, or `conflict` when it was revoked already.
    func revoke(_ id: String, audit: AccessEntry) throws(AccessError) -> APIKey

    /// All keys in the order in which they were made.
    func keys() throws(AccessError) -> [APIKey]

    /// A number that grows with every change; 0 for a store without any.
    func revision() throws(AccessError) -> Int

    /// The latest audit entries, newest first, in the order in which they were written.
    func audit(limit: Int) throws(AccessError) -> [AccessEntry]
}
