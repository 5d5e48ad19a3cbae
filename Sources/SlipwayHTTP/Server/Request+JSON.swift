import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayData
import SlipwayServing

extension Request {
    /// Reads the body as JSON.
    ///
    /// - Throws: ``ServingError``: kind `unsupportedMediaType` for another type or a compressed body, or what
    ///   ``bytes(_:)`` throws.
    func json(_ context: ServingContext) async throws(ServingError) -> JSONValue {
        if let type = headers[.contentType], !Self.isJSON(type) {
            throw ServingError(
                .unsupportedMediaType, "this route reads JSON, not '\(type.prefix(80))'",
                hint: "Send the header Content-Type: application/json.")
        }
        let buffer = try await bytes(context)
        guard buffer.readableBytes > 0 else { throw ServingError(.malformed, "the body is empty") }
        do {
            return try buffer.withUnsafeReadableBytes { try JSONValue(parsing: $0) }
        } catch {
            throw ServingError(error)
        }
    }

    /// The type of the body without its parameters, in lower case; `nil` where the request does not say.
    var mediaType: String? {
        headers[.contentType].map { type in type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace } }
    }

    /// Reads the body.
    ///
    /// - Throws: ``ServingError``: kind `unsupportedMediaType` for a compressed body, `tooLarge`, `sentTooSlowly`,
    ///   `busy` when the bodies of all requests are too large together, or `malformed`.
    func bytes(_ context: ServingContext) async throws(ServingError) -> ByteBuffer {
        if let coding = headers[.contentEncoding], coding.lowercased() != "identity" {
            throw ServingError(
                .unsupportedMediaType, "this route reads no body in the coding '\(coding.prefix(80))'",
                hint: "Send the body as it is, without Content-Encoding.")
        }
        let allowance = context.allowance
        if let length = headers[.contentLength].flatMap(Int.init), length > allowance.byteCountMax {
            throw allowance.tooLarge
        }
        do {
            var bytes = ByteBuffer()
            for try await var part in body {
                try allowance.take(part.readableBytes)
                if bytes.readableBytes == 0 { bytes = part } else { bytes.writeBuffer(&part) }
            }
            return bytes
        } catch let error as ServingError {
            throw error
        } catch is ConnectionGuard.SentTooSlowly {
            throw ServingError(
                .sentTooSlowly, "the body took too long to arrive", hint: "Send less at a time, or on a faster line.")
        } catch {
            throw ServingError(.malformed, "the body ended before it was complete")
        }
    }

    private static func isJSON(_ type: String) -> Bool {
        if type == "application/json" { return true }
        let essence = type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
        return essence == "application/json" || essence.hasSuffix("+json")
    }
}
