public import SlipwayData

/// Makes keys and takes them back, each time with an entry in the audit log.
public struct KeyRegistry: Sendable {
    /// The most keys of a project, revoked ones counted; servers hold all of them in memory.
    public static let keyCountMax = 10_000

    /// Where the keys are kept.
    public let store: any AccessStore
    private let now: @Sendable () -> Timestamp

    /// Makes a registry over a store.
    ///
    /// - Parameter now: Gives the time to record.
    public init(store: any AccessStore, now: @escaping @Sendable () -> Timestamp = { Timestamp.now() }) {
        self.store = store
        self.now = now
    }

    /// Makes a key.
    ///
    /// - Returns: What is kept of the key, and its secret, which can never be had again.
    /// - Throws: ``AccessError``: kind `invalidKey`, `conflict` when a key of that name is not revoked, or `storeFailed`.
    public func create(
        _ draft: KeyDraft, by actor: String
    ) throws(AccessError) -> (key: APIKey, secret: KeySecret) {
        let time = now()
        try draft.validate(at: time)
        guard try store.keys().count < Self.keyCountMax else {
            throw AccessError(
                .invalidKey, "the project has \(Self.keyCountMax) keys already",
                hint: "Give callers that may do the same one key.")
        }
        let secret = KeySecret.random()
        let key = APIKey(
            id: secret.id, name: draft.name, hash: secret.hash, scopes: draft.scopes, rateLimit: draft.rateLimit,
            createdAt: time, createdBy: actor, expiresAt: draft.expiresAt)
        let scopes = draft.scopes.map(\.description).joined(separator: ", ")
        let expiry = draft.expiresAt.map { " until \($0)" } ?? ""
        let rate = draft.rateLimit.map { ", at most \(TokenBucket.text(of: $0)) requests a second" } ?? ""
        try store.create(
            key,
            audit: AccessEntry(
                time: time, actor: actor, action: .create, keyID: key.id, keyName: key.name,
                detail: scopes + expiry + rate))
        return (key, secret)
    }

    /// Takes back a key, by its id or its name.
    ///
    /// - Throws: ``AccessError``: kind `notFound`, `conflict` when it was revoked already, or `storeFailed`.
    public func revoke(_ name: String, by actor: String, reason: String? = nil) throws(AccessError) -> APIKey {
        let keys = try store.keys()
        let named = keys.filter { $0.name == name }
        // Names come again after a key was revoked; the one that still opens something is meant.
        guard
            let key = keys.first(where: { $0.id == name }) ?? named.first(where: { $0.revokedAt == nil }) ?? named.last
        else {
            let near = Spelling.nearest(to: name, among: keys.filter { $0.revokedAt == nil }.map(\.name))
            throw AccessError(
                .notFound, "there is no key '\(KeySecret.redacted(String(name.prefix(80))))'",
                hint: near.map { "Did you mean '\($0)'?" } ?? "slipway key list shows the keys.")
        }
        return try store.revoke(
            key.id,
            audit: AccessEntry(
                time: now(), actor: actor, action: .revoke, keyID: key.id, keyName: key.name, detail: reason))
    }
}
