import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The body of an inference request: a JSON head, and the binary tensors that follow it.
///
/// Source: the binary tensor data extension of the Open Inference Protocol.
struct InferenceBody {
    /// The header that says how many bytes of the body are JSON.
    static let headerName = HTTPField.Name("Inference-Header-Content-Length")

    /// The JSON head.
    let json: JSONValue
    /// What follows it.
    let tail: ByteBuffer

    /// Splits a body.
    ///
    /// - Parameter length: The length that the header gives; `nil` when there is no such header and all is JSON.
    /// - Throws: ``ServingError``.
    init(_ body: ByteBuffer, headerLength length: Int?) throws(ServingError) {
        var body = body
        guard let head = body.readSlice(length: length ?? body.readableBytes) else {
            throw ServingError(
                .malformed,
                "the header Inference-Header-Content-Length says \(length ?? 0) bytes, but the body has "
                    + "\(body.readableBytes)")
        }
        guard head.readableBytes > 0 else { throw ServingError(.malformed, "the body is empty") }
        do {
            json = try head.withUnsafeReadableBytes { try JSONValue(parsing: $0) }
        } catch {
            throw ServingError(error)
        }
        tail = body
    }

    /// The length that a request's header gives, if it has one.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` when it is no length.
    static func headerLength(of request: Request) throws(ServingError) -> Int? {
        guard let name = headerName, let text = request.headers[name] else { return nil }
        guard let length = Int(text), length >= 0 else {
            throw ServingError(
                .malformed, "the header Inference-Header-Content-Length is no length: '\(text.prefix(40))'")
        }
        return length
    }
}
