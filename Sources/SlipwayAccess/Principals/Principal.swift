/// Who calls, and what the caller may do.
public struct Principal: Equatable, Sendable {
    /// How a caller proved who it is.
    public enum Proof: String, Sendable {
        /// Not at all: the server asks nobody.
        case none
        /// By a key of this project.
        case key
        /// By a token of an issuer that the server trusts.
        case token
    }

    /// The longest id, in characters; those of tokens are cut to it.
    public static let idLengthMax = 120

    /// How the caller proved who it is.
    public var proof: Proof
    /// The id of the key, or the subject of the token; never a secret.
    public var id: String
    /// What the caller may do.
    public var scopes: [Scope]
    /// How many requests a second are answered; `nil` for any number.
    public var rateLimit: Double?

    /// Makes a principal.
    public init(_ proof: Proof, id: String, scopes: [Scope], rateLimit: Double? = nil) {
        self.proof = proof
        self.id = id
        self.scopes = scopes
        self.rateLimit = rateLimit
    }

    /// Whoever calls a server that asks nobody who it is; may do everything.
    public static let anyone = Principal(.none, id: "", scopes: [Scope(.admin)])

    /// The name by which logs call the principal, `key 4k7q2m5x`; `nil` for ``anyone``.
    public var label: String? { proof == .none ? nil : "\(proof.rawValue) \(id)" }
}
