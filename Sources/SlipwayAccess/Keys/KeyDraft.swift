public import SlipwayData

/// What a new key is asked to be.
public struct KeyDraft: Equatable, Sendable {
    /// The most scopes of one key.
    public static let scopeCountMax = 64
    /// The rates that a key can be limited to, in requests a second.
    public static let rateLimits = 0.01...1_000_000.0

    /// What people call the key.
    public var name: String
    /// What the key is for.
    public var scopes: [Scope]
    /// How many requests a second are answered; `nil` for any number.
    public var rateLimit: Double?
    /// From when on it opens nothing any more; `nil` for never.
    public var expiresAt: Timestamp?

    /// Makes a draft.
    public init(name: String, scopes: [Scope], rateLimit: Double? = nil, expiresAt: Timestamp? = nil) {
        self.name = name
        self.scopes = scopes
        self.rateLimit = rateLimit
        self.expiresAt = expiresAt
    }

    /// Refuses what cannot be a key.
    ///
    /// - Throws: ``AccessError`` of kind `invalidKey`.
    func validate(at now: Timestamp) throws(AccessError) {
        guard ResourceName.isValid(name) else {
            throw AccessError(
                .invalidKey, "'\(name.prefix(80))' cannot name a key", hint: "A name must \(ResourceName.rule).")
        }
        guard (1...Self.scopeCountMax).contains(scopes.count) else {
            throw AccessError(
                .invalidKey, "a key is for 1 to \(Self.scopeCountMax) scopes, not \(scopes.count)",
                hint: "Leave the models out to make a key for all of them.")
        }
        if let model = scopes.lazy.compactMap(\.model).first(where: { !ResourceName.isValid($0) }) {
            throw AccessError(
                .invalidKey, "'\(model.prefix(80))' cannot name a model", hint: "A name must \(ResourceName.rule).")
        }
        if let rateLimit, !Self.rateLimits.contains(rateLimit) {
            throw AccessError(
                .invalidKey, "\(rateLimit) requests a second are no limit for a key",
                hint: "Take a number from \(Self.rateLimits.lowerBound) to \(Int(Self.rateLimits.upperBound)).")
        }
        if let expiresAt, expiresAt <= now {
            throw AccessError(.invalidKey, "the key would have expired before it was made")
        }
    }
}
