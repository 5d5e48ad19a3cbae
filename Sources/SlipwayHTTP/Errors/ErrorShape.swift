import SlipwayData
import SlipwayServing

/// How an error is written for the protocol that a path belongs to.
enum ErrorShape: Equatable, CaseIterable {
    /// `{"error":{"code","message","field"?,"hint"?,"request_id"}}`
    case slipway
    /// `{"error":"…"}`, as the Open Inference Protocol and TensorFlow Serving write it.
    case text
    /// `{"error_code":"…","message":"…"}`
    case mlflow
    /// A page for people.
    case page

    /// The shape that clients of a path read.
    init(path: String) {
        let parts = path.split(separator: "/")
        switch parts.first {
        case "v2"?: self = .text
        case "v1"? where parts.dropFirst().first == "models": self = .text
        case "invocations"?, "ping"?: self = .mlflow
        case "models"? where parts.last == "invocations" && parts.count == 3: self = .mlflow
        case "docs"? where parts.dropFirst().first == "models": self = .page
        default: self = .slipway
        }
    }

    /// The body of an answer that says an error.
    ///
    /// Only Slipway's own shape has a place for the request's id; the others find it in the header.
    func json(of error: ServingError, requestID: String) -> JSONValue {
        switch self {
        case .slipway, .page: error.json(requestID: requestID)
        case .text: .object(["error": .string(error.description)])
        case .mlflow:
            .object([
                "error_code": .string(error.kind.mlflowName), "message": .string(error.description),
            ])
        }
    }
}

extension ServingError.Code {
    /// The name that MLflow has for a kind of errors; it decides about the status there, and agrees with ours.
    fileprivate var mlflowName: String {
        switch self {
        case .malformed, .tooLarge, .headTooLarge, .sentTooSlowly, .unsupportedMediaType, .methodNotAllowed,
            .notExplainable:
            "BAD_REQUEST"
        case .signatureMismatch, .inferenceFailed, .loadFailed: "INVALID_PARAMETER_VALUE"
        case .unknownRoute: "NOT_FOUND"
        case .unknownModel, .unknownKey: "RESOURCE_DOES_NOT_EXIST"
        case .unauthenticated: "UNAUTHENTICATED"
        case .forbidden: "PERMISSION_DENIED"
        case .rateLimited: "REQUEST_LIMIT_EXCEEDED"
        case .deadlineExceeded: "DEADLINE_EXCEEDED"
        case .notReady, .busy, .logUnavailable, .featuresUnavailable: "TEMPORARILY_UNAVAILABLE"
        case .internalError: "INTERNAL_ERROR"
        }
    }
}
