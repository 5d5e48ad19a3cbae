public import SlipwayData

/// A load test that cannot be made.
public struct LoadError: DescribedError, Equatable {
    /// The kinds of reasons.
    public enum Code: String, Sendable, CaseIterable {
        /// The address or the certificates are of no use.
        case unusableTarget = "unusable_target"
        /// Nobody answers.
        case unreachable
        /// The server answers, but not as it should.
        case refused
    }

    /// The kind of the reason.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it.
    public var hint: String?

    /// The bounded kind as text.
    public var code: String { kind.rawValue }

    /// Makes an error.
    public init(_ kind: Code, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }
}
