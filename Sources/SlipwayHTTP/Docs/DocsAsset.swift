import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayData

/// One script or style sheet, with the tag by which browsers know that they have it already.
struct DocsAsset: Sendable {
    let contentType: String
    let bytes: ByteBuffer
    /// The tag of the content, in quotes (RFC 9110, 8.8.3).
    let tag: String

    init(_ data: Data, contentType: String) {
        self.contentType = contentType
        bytes = ByteBuffer(bytes: data)
        tag = "\"\(SHA256Digest(of: data).hex.prefix(32))\""
    }

    /// The answer to a request, without a body where the caller has it.
    func response(to request: Request) -> Response {
        let isKnown = request.headers[.ifNoneMatch].map { $0 == "*" || $0.contains(tag) } ?? false
        var headers: HTTPFields = [
            .contentType: contentType, .eTag: tag,
            // The name stays when the file changes with the next release, so browsers ask each time.
            .cacheControl: "no-cache", .xContentTypeOptions: "nosniff",
        ]
        guard !isKnown else {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}
