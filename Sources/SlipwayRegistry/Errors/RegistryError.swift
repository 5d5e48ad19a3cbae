public import SlipwayData

/// A problem with models, versions, deployments, or the store that keeps them.
public struct RegistryError: DescribedError, Equatable {
    /// The kinds of registry problems.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no such model, version, or deployment.
        case notFound = "not_found"
        /// A name or a reference is not written as it must be.
        case invalidName = "invalid_name"
        /// The gate refused a promotion.
        case gateRefused = "gate_refused"
        /// A version cannot stand beside the champion.
        case incompatible
        /// Somebody else changed the deployment at the same time.
        case conflict
        /// An action needs a reason and has none.
        case reasonRequired = "reason_required"
        /// The store that keeps the registry failed.
        case storeFailed = "store_failed"
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened.
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
