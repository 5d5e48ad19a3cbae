public import SlipwayData

/// What is kept of a key: everything but its secret.
public struct APIKey: Equatable, Sendable {
    /// Whether a key opens anything now.
    public enum State: String, Sendable {
        /// It does.
        case active
        /// Its time is over.
        case expired
        /// It was taken back.
        case revoked
    }

    /// The public part of the key, by which logs and people name it.
    public var id: String
    /// What people call it; of the keys that are not revoked, each has a name of its own.
    public var name: String
    /// The digest of the secret.
    public var hash: SHA256Digest
    /// What the key is for.
    public var scopes: [Scope]
    /// How many requests a second are answered; `nil` for any number.
    public var rateLimit: Double?
    /// When it was made.
    public var createdAt: Timestamp
    /// Who made it.
    public var createdBy: String
    /// From when on it opens nothing any more; `nil` for never.
    public var expiresAt: Timestamp?
    /// When it was taken back, if it was.
    public var revokedAt: Timestamp?

    /// Makes a key.
    public init(
        id: String, name: String, hash: SHA256Digest, scopes: [Scope], rateLimit: Double? = nil, createdAt: Timestamp,
        createdBy: String, expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.hash = hash
        self.scopes = scopes
        self.rateLimit = rateLimit
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }

    /// Whether the key opens anything at a moment.
    public func state(at time: Timestamp) -> State {
        if revokedAt != nil { return .revoked }
        if let expiresAt, expiresAt <= time { return .expired }
        return .active
    }
}
