public import SlipwayData

/// A caller who is refused, or a problem with the keys and the store that keeps them.
public struct AccessError: DescribedError, Equatable {
    /// The kinds of problems.
    public enum Code: String, Sendable, CaseIterable {
        /// The caller did not prove who it is.
        case unauthenticated
        /// The caller may not do this.
        case forbidden
        /// There is no such key.
        case notFound = "not_found"
        /// A key is asked for that cannot be made.
        case invalidKey = "invalid_key"
        /// Another key stands in the way, or the key was revoked already.
        case conflict
        /// The store that keeps the keys failed.
        case storeFailed = "store_failed"
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened; never holds a secret.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?

    /// Makes an error.
    public init(_ kind: Code, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    /// The bounded kind as text.
    public var code: String { kind.rawValue }
}
