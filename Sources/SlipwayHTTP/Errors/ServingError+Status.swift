import HTTPTypes
import SlipwayServing

extension ServingError {
    /// The HTTP status, which says whose fault it is.
    var status: HTTPResponse.Status { kind.status }
}

extension ServingError.Code {
    /// The HTTP status of a kind of refusals.
    var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .rateLimited: .tooManyRequests
        case .deadlineExceeded: .gatewayTimeout
        case .sentTooSlowly: .requestTimeout
        case .unknownRoute, .unknownModel, .unknownKey: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .tooLarge: .contentTooLarge
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .signatureMismatch: .unprocessableContent
        case .notReady, .busy, .logUnavailable, .featuresUnavailable: .serviceUnavailable
        case .loadFailed, .inferenceFailed, .notExplainable: .unprocessableContent
        case .internalError: .internalServerError
        }
    }
}
