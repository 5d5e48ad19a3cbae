import SlipwayAccess
import SlipwayData
import SlipwayFeatures
import SlipwayModel
import SlipwayMonitoring

extension ServingError {
    /// What a request is refused with when its time has passed.
    package static let deadlineExceeded = ServingError(
        .deadlineExceeded, "the deadline of this request has passed", hint: "Allow more time, or send fewer rows.")

    /// Whether another version might have answered: the one that was asked failed, or had too much to do.
    var mayBeTheVersions: Bool {
        switch kind {
        case .inferenceFailed, .signatureMismatch, .internalError, .busy: true
        default: false
        }
    }

    /// What an error of another room means to the caller of the API.
    ///
    /// What names a path, a table, or a file stays in ``cause``.
    package init(_ error: any Error) {
        switch error {
        case let error as ServingError: self = error
        case let error as ModelError: self.init(model: error)
        case let error as AccessError: self.init(access: error)
        case let error as DataError where error.kind == .limitExceeded:
            self.init(.tooLarge, error.message, hint: error.hint)
        case let error as DataError where error.kind == .malformed:
            self.init(.malformed, error.message, hint: error.hint)
        case let error as LogError: self.init(log: error)
        case let error as FeatureError: self.init(features: error)
        default: self.init(.internalError, "the server failed to answer this request", cause: "\(error)")
        }
    }

    private init(model error: ModelError) {
        switch error.kind {
        case .signatureMismatch: self.init(.signatureMismatch, error.message, hint: error.hint, field: error.field)
        case .inferenceFailed: self.init(.inferenceFailed, error.message, hint: error.hint, field: error.field)
        case .limitExceeded: self.init(.tooLarge, error.message, hint: error.hint, field: error.field)
        default: self.init(.internalError, "the model failed to answer this request", cause: error.description)
        }
    }

    private init(access error: AccessError) {
        switch error.kind {
        case .unauthenticated: self.init(.unauthenticated, error.message, hint: error.hint)
        case .forbidden: self.init(.forbidden, error.message, hint: error.hint)
        default:
            self.init(.internalError, "the server failed to find out who calls", cause: error.description)
        }
    }

    private init(log error: LogError) {
        switch error.kind {
        case .malformed: self.init(.malformed, error.message, hint: error.hint, field: error.field)
        case .signatureMismatch: self.init(.signatureMismatch, error.message, hint: error.hint, field: error.field)
        case .limitExceeded: self.init(.tooLarge, error.message, hint: error.hint, field: error.field)
        case .overloaded:
            self.init(.busy, error.message, hint: "Try again, or send less at a time.", retryAfterSeconds: 1)
        default:
            self.init(
                .logUnavailable, "the server cannot write its log, and what is not logged is not answered",
                hint: "Try again later; the server's own log says what is wrong.", retryAfterSeconds: 5,
                cause: error.description)
        }
    }

    private init(features error: FeatureError) {
        let cause = error.description
        switch error.kind {
        case .notReplicated:
            self.init(.featuresUnavailable, error.message, hint: error.hint, retryAfterSeconds: 5, cause: cause)
        default:
            self.init(
                .featuresUnavailable, "the stored features cannot be read",
                hint: "Try again, or send all fields; the server's own log says what is wrong.", retryAfterSeconds: 1,
                cause: cause)
        }
    }
}
