public import SlipwayData

/// Certificates that a server cannot use.
public struct TLSError: DescribedError, Equatable {
    /// One sentence that says what happened; never holds anything of a key.
    public var message: String
    /// What to do about it.
    public var hint: String?

    /// The bounded kind as text.
    public var code: String { "tls_unusable" }

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}
