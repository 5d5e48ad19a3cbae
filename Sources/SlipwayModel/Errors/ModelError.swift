public import SlipwayData

/// A problem with a model, its package, or the rows given to it.
public struct ModelError: DescribedError, Equatable {
    /// The kinds of model problems.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are not an ONNX model.
        case malformedModel = "malformed_model"
        /// The graph breaks a rule of the format; ``ModelError/message`` names the node.
        case invalidGraph = "invalid_graph"
        /// No engine at hand can run the graph.
        case unsupportedModel = "unsupported_model"
        /// A package's files are not the ones its manifest lists.
        case corruptPackage = "corrupt_package"
        /// Rows do not fit the signature.
        case signatureMismatch = "signature_mismatch"
        /// A signature, an option, or an override makes no sense for this model.
        case invalidSignature = "invalid_signature"
        /// The engine failed while running the graph.
        case inferenceFailed = "inference_failed"
        /// A model is larger than its limit.
        case limitExceeded = "limit_exceeded"
        /// A file of a model cannot be read or written.
        case unreadable
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?
    /// The input field at fault, if one is.
    public var field: String?
    /// What the field asks for, in words that hold nothing of the row; `nil` where the message has no more than that.
    public var rule: String?

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
