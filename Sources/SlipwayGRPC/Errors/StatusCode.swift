import SlipwayServing

/// How a call ended, as gRPC tells it: 0 for an answer, and otherwise whose fault it is.
///
/// Source: the list of status codes of gRPC.
enum StatusCode: Int, Sendable {
    case answered = 0
    case cancelled
    case unknown
    case invalidArgument
    case deadlineExceeded
    case notFound
    case alreadyExists
    case permissionDenied
    case resourceExhausted
    case failedPrecondition
    case aborted
    case outOfRange
    case unimplemented
    case internalError
    case unavailable
    case dataLoss
    case unauthenticated

    /// The HTTP status that stands for a code in metrics, so that one rule finds the faults of both faces.
    ///
    /// Source: the mapping in the comments of google/rpc/code.proto.
    var httpStatus: Int {
        switch self {
        case .answered: 200
        case .invalidArgument, .failedPrecondition, .outOfRange: 400
        case .unauthenticated: 401
        case .permissionDenied: 403
        case .notFound: 404
        case .alreadyExists, .aborted: 409
        case .resourceExhausted: 429
        case .cancelled: 499
        case .unimplemented: 501
        case .unavailable: 503
        case .deadlineExceeded: 504
        case .unknown, .internalError, .dataLoss: 500
        }
    }
}

extension ServingError {
    /// The code of gRPC, which says whose fault it is.
    var statusCode: StatusCode {
        switch kind {
        case .malformed, .tooLarge, .headTooLarge, .methodNotAllowed: .invalidArgument
        case .signatureMismatch, .inferenceFailed: .invalidArgument
        case .unauthenticated: .unauthenticated
        case .forbidden: .permissionDenied
        case .rateLimited: .resourceExhausted
        case .deadlineExceeded, .sentTooSlowly: .deadlineExceeded
        case .unknownModel, .unknownKey: .notFound
        case .unknownRoute, .unsupportedMediaType: .unimplemented
        case .notReady, .busy, .logUnavailable, .featuresUnavailable: .unavailable
        case .loadFailed, .notExplainable: .failedPrecondition
        case .internalError: .internalError
        }
    }
}
