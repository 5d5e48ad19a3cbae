import Foundation
import NIOHPACK
import SlipwayData
import SlipwayServing
import SwiftProtobuf

/// The end of a call, as its trailers say it.
struct CallStatus: Error, Sendable {
    /// How the call ended.
    let code: StatusCode
    /// What happened, for people; empty where the call was answered.
    let message: String
    /// The same for programs, as a `google.rpc.Status`; empty where there is no more to say.
    private var details: [UInt8] = []
    /// After how long clients that repeat calls may do so.
    private var retryMilliseconds: Int?

    /// What an answer ends with.
    static let answered = CallStatus(code: .answered, message: "")
    /// What a call ends with that its caller left, and which nobody reads.
    static let broken = CallStatus(code: .cancelled, message: "the call was broken off")

    private init(code: StatusCode, message: String) {
        self.code = code
        self.message = message
    }

    /// A refusal as clients of gRPC read it.
    ///
    /// The message is that of REST. Its kind, its field, and the time after which to come again stand beside it, for
    /// programs, in `grpc-status-details-bin`; `grpc-retry-pushback-ms` lets clients that repeat calls wait that long.
    init(_ error: ServingError) {
        self.init(code: error.statusCode, message: error.description)
        var info = RPCErrorInfo()
        info.reason = error.code
        info.domain = "slipway"
        if let field = error.field { info.metadata["field"] = field }
        var status = RPCStatus()
        status.code = Int32(code.rawValue)
        status.message = message
        status.details = [try? Google_Protobuf_Any(message: info)].compactMap(\.self)
        if let seconds = error.retryAfterSeconds {
            var retry = RPCRetryInfo()
            retry.retryDelay = Google_Protobuf_Duration(seconds: Int64(seconds))
            status.details += [try? Google_Protobuf_Any(message: retry)].compactMap(\.self)
            retryMilliseconds = seconds * 1_000
        }
        details = (try? status.serializedBytes()) ?? []
    }

    /// Adds what trailers say.
    func write(into trailers: inout HPACKHeaders) {
        trailers.add(name: "grpc-status", value: String(code.rawValue))
        guard code != .answered else { return }
        trailers.add(name: "grpc-message", value: Self.percentEncoded(message), indexing: .nonIndexable)
        if let retryMilliseconds {
            trailers.add(name: "grpc-retry-pushback-ms", value: String(retryMilliseconds), indexing: .nonIndexable)
        }
        if !details.isEmpty {
            let text = Data(details).base64EncodedString().prefix { $0 != "=" }
            trailers.add(name: "grpc-status-details-bin", value: String(text), indexing: .nonIndexable)
        }
        // What compressed messages are refused with names the encodings that are taken.
        if code == .unimplemented { trailers.add(name: "grpc-accept-encoding", value: "identity") }
    }

    /// A text as `grpc-message` has it: bytes that are no printable ASCII, and percent signs, stand as `%` and two
    /// digits.
    static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "%") {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
