import SlipwayAccess
public import SlipwayData

/// A request that cannot be answered, and whose fault it is.
public struct ServingError: DescribedError, Equatable {
    /// The kinds of refusals; each has one HTTP status.
    public enum Code: String, Sendable, CaseIterable {
        /// The caller did not prove who it is.
        case unauthenticated
        /// The caller may not do this.
        case forbidden
        /// The caller asks more often than it may.
        case rateLimited = "rate_limited"
        /// The time for the request has passed, by the caller's own limit or the server's.
        case deadlineExceeded = "deadline_exceeded"
        /// The caller took too long to send the request.
        case sentTooSlowly = "sent_too_slowly"
        /// The body is not what the route reads.
        case malformed
        /// There is no such route.
        case unknownRoute = "unknown_route"
        /// There is no such model or version here.
        case unknownModel = "unknown_model"
        /// No features are stored for the key.
        case unknownKey = "unknown_key"
        /// The route does not know the method.
        case methodNotAllowed = "method_not_allowed"
        /// The body is larger than the limit.
        case tooLarge = "too_large"
        /// The head of the request is larger than the limit.
        case headTooLarge = "head_too_large"
        /// The body is of a type that the route does not read.
        case unsupportedMediaType = "unsupported_media_type"
        /// The row does not fit the signature.
        case signatureMismatch = "signature_mismatch"
        /// The server does not answer yet, or not any more.
        case notReady = "not_ready"
        /// The prediction cannot be logged, so it is not given.
        case logUnavailable = "log_unavailable"
        /// The features cannot be looked up.
        case featuresUnavailable = "features_unavailable"
        /// A version does not load.
        case loadFailed = "load_failed"
        /// The model failed on this row.
        case inferenceFailed = "inference_failed"
        /// The model cannot say why it answers as it does.
        case notExplainable = "not_explainable"
        /// More is asked at the same time than the server takes on.
        case busy
        /// Anything unforeseen.
        case internalError = "internal_error"
    }

    /// The kind of the refusal.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?
    /// The field at fault, if one is.
    public var field: String?
    /// After how many seconds the request may be repeated, if it may.
    public var retryAfterSeconds: Int?
    /// What went wrong inside, with paths and names that are for the server's own log and never for an answer.
    public var cause: String?
    /// The version that the request was given and under which its refusal is counted; `nil` for one that was refused
    /// before.
    package private(set) var version: Int?

    /// The longest message, hint, or field, in characters; what callers send is quoted in them.
    static let textLengthMax = 300

    /// Makes an error; texts over the limit are cut, and keys that stand in them lose their secrets.
    public init(
        _ kind: Code, _ message: String, hint: String? = nil, field: String? = nil, retryAfterSeconds: Int? = nil,
        cause: String? = nil
    ) {
        self.kind = kind
        self.message = Self.cut(message)
        self.hint = hint.map(Self.cut)
        self.field = field.map(Self.cut)
        self.retryAfterSeconds = retryAfterSeconds
        self.cause = cause.map(KeySecret.redacted)
    }

    private static func cut(_ text: String) -> String {
        let text = KeySecret.redacted(text)
        let head = text.prefix(textLengthMax)
        return head.endIndex == text.endIndex ? text : head + "…"
    }

    /// The same of a request that a version was given and that is counted under it.
    func counted(under version: Int) -> ServingError {
        var error = self
        error.version = version
        return error
    }

    /// The bounded kind as text.
    public var code: String { kind.rawValue }

    /// The body in the one shape of all errors: `{"error":{"code","message","field"?,"hint"?,"request_id"}}`.
    public func json(requestID: String) -> JSONValue {
        var members = JSONObject([("code", .string(code)), ("message", .string(message))])
        members["field"] = field.map(JSONValue.string)
        members["hint"] = hint.map(JSONValue.string)
        members["request_id"] = .string(requestID)
        return .object(["error": .object(members)])
    }
}
