import GRPCCore
import SlipwayData
import SlipwayServing
import SwiftProtobuf

extension RPCError {
    /// A refusal as clients of gRPC read it.
    ///
    /// The message is that of REST. Its kind, its field, and the time after which to come again stand beside it, for
    /// programs, in `grpc-status-details-bin`; `grpc-retry-pushback-ms` lets clients that repeat calls wait that long.
    init(_ error: ServingError) {
        let code = error.rpcCode
        var info = RPCErrorInfo()
        info.reason = error.code
        info.domain = "slipway"
        if let field = error.field { info.metadata["field"] = field }
        var status = RPCStatus()
        status.code = Int32(code.rawValue)
        status.message = error.description
        status.details = [try? Google_Protobuf_Any(message: info)].compactMap(\.self)
        var metadata = Metadata()
        if let seconds = error.retryAfterSeconds {
            var retry = RPCRetryInfo()
            retry.retryDelay = Google_Protobuf_Duration(seconds: Int64(seconds))
            status.details += [try? Google_Protobuf_Any(message: retry)].compactMap(\.self)
            metadata.addString(String(seconds * 1_000), forKey: "grpc-retry-pushback-ms")
        }
        if let bytes: [UInt8] = try? status.serializedBytes() {
            metadata.addBinary(bytes, forKey: "grpc-status-details-bin")
        }
        self.init(code: code, message: error.description, metadata: metadata)
    }
}

extension ServingError {
    /// The code of gRPC, which says whose fault it is.
    var rpcCode: RPCError.Code {
        switch kind {
        case .malformed, .tooLarge, .headTooLarge, .unsupportedMediaType, .methodNotAllowed: .invalidArgument
        case .signatureMismatch, .inferenceFailed: .invalidArgument
        case .unauthenticated: .unauthenticated
        case .forbidden: .permissionDenied
        case .rateLimited: .resourceExhausted
        case .deadlineExceeded, .sentTooSlowly: .deadlineExceeded
        case .unknownModel, .unknownKey: .notFound
        case .unknownRoute: .unimplemented
        case .notReady, .busy, .logUnavailable, .featuresUnavailable: .unavailable
        case .loadFailed, .notExplainable: .failedPrecondition
        case .internalError: .internalError
        }
    }
}

extension RPCError.Code {
    /// The HTTP status that stands for a code in metrics, so that one rule finds the faults of both faces.
    ///
    /// Source: the mapping in the comments of google/rpc/code.proto.
    var httpStatus: Int {
        switch self {
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
        default: 500
        }
    }
}
