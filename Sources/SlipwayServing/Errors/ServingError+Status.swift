import HTTPTypes
import SlipwayData
import SlipwayFeatures
import SlipwayModel
import SlipwayMonitoring

extension ServingError {
    /// The HTTP status, which says whose fault it is.
    var status: HTTPResponse.Status {
        switch kind {
        case .malformed: .badRequest
        case .unknownRoute, .unknownModel, .unknownKey: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .tooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .signatureMismatch: .unprocessableContent
        case .notReady, .logUnavailable, .featuresUnavailable: .serviceUnavailable
        case .inferenceFailed: .unprocessableContent
        case .internalError: .internalServerError
        }
    }

    /// What an error of another room means to the caller of the API.
    init(_ error: any Error) {
        switch error {
        case let error as ServingError:
            self = error
        case let error as ModelError where error.kind == .signatureMismatch:
            self.init(.signatureMismatch, error.message, hint: error.hint, field: error.field)
        case let error as ModelError:
            self.init(.inferenceFailed, error.message, hint: error.hint, field: error.field)
        case let error as DataError:
            self.init(error.kind == .limitExceeded ? .tooLarge : .malformed, error.message, hint: error.hint)
        case let error as LogError:
            self.init(
                .logUnavailable, "the prediction cannot be logged, so it is not given: \(error.message)",
                hint: error.hint, retryAfterSeconds: 5)
        case let error as FeatureError:
            self.init(
                .featuresUnavailable, "the features cannot be looked up: \(error.message)", hint: error.hint,
                retryAfterSeconds: 1)
        default:
            // What went wrong inside is for the server's log, not for the caller.
            self.init(.internalError, "the server failed to answer this request")
        }
    }
}
