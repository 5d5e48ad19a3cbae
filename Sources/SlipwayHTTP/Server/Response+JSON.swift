import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayData
import SlipwayServing

extension Response {
    /// A JSON answer.
    init(_ json: JSONValue, status: HTTPResponse.Status = .ok) {
        var bytes: [UInt8] = []
        json.write(into: &bytes)
        bytes.append(0x0A)
        self.init(
            // An answer has an id of its own and was logged, so no cache between may give it again.
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Says by a header that the answer came from the cache; nothing of one that did not.
    consuming func marked(isCached: Bool) -> Response {
        if isCached, let name = HTTPField.Name(OpenAPIHeader.cache.name) { headers[name] = "hit" }
        return self
    }

    /// A text answer.
    init(text: String, contentType: String) {
        self.init(
            status: .ok, headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// An error in the shape that the caller's protocol has for it.
    init(_ error: ServingError, as shape: ErrorShape, requestID: String) {
        if shape == .page, let page = try? DocsRefusal.template.response(DocsRefusal(error), status: error.status) {
            self = page
        } else {
            self.init(shape.json(of: error, requestID: requestID), status: error.status)
        }
        if let seconds = error.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
    }
}
