public import SlipwayData

/// A problem with the prediction log, the feedback log, or with feedback that was sent.
public struct LogError: DescribedError, Equatable {
    /// The kinds of log problems.
    public enum Code: String, Sendable, CaseIterable {
        /// An environment or model name cannot be a folder.
        case invalidName = "invalid_name"
        /// The disk is full or a quota is used up.
        case noSpace = "no_space"
        /// A segment cannot be created or written.
        case unwritable
        /// A segment or folder cannot be read.
        case unreadable
        /// A record is not what the format asks for.
        case malformed
        /// An outcome is none that the model could have predicted.
        case signatureMismatch = "signature_mismatch"
        /// A record or a batch is larger than its limit.
        case limitExceeded = "limit_exceeded"
        /// More waits to be written than is kept in memory.
        case overloaded
        /// The log was closed before.
        case closed
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?
    /// The member of a record or the column at fault, if one is.
    public var field: String?

    /// Makes an error.
    public init(_ kind: Code, _ message: String, hint: String? = nil, field: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.field = field
    }

    /// The bounded kind as text.
    public var code: String { kind.rawValue }
}
