public import SlipwayData

/// All keys of a project as they were at one moment, found by id.
public struct KeySet: Sendable {
    private let keys: [String: APIKey]

    /// Indexes keys.
    public init(_ keys: [APIKey] = []) {
        self.keys = Dictionary(keys.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Whether no key was ever made; revoked and expired ones count, so that a server does not open when the last goes.
    public var isEmpty: Bool { keys.isEmpty }

    /// The ids of all keys.
    public var ids: Set<String> { Set(keys.keys) }

    /// Whether some key opens something at a moment.
    public func hasActive(at time: Timestamp) -> Bool { keys.values.contains { $0.state(at: time) == .active } }

    /// The principal that a secret proves.
    ///
    /// Only who has the whole secret learns why a key is refused.
    ///
    /// - Throws: ``AccessError`` of kind `unauthenticated`.
    public func principal(for secret: KeySecret, at time: Timestamp) throws(AccessError) -> Principal {
        guard let key = keys[secret.id], secret.matches(key.hash) else {
            throw AccessError(
                .unauthenticated, "this key is not known here",
                hint: "Check that the key is whole, and that it was made for this project.")
        }
        switch key.state(at: time) {
        case .active: return Principal(.key, id: key.id, scopes: key.scopes, rateLimit: key.rateLimit)
        case .expired:
            throw AccessError(
                .unauthenticated, "the key \(key.id) has expired", hint: "Ask for a new key: slipway key create.")
        case .revoked:
            throw AccessError(
                .unauthenticated, "the key \(key.id) was revoked", hint: "Ask for a new key: slipway key create.")
        }
    }
}
