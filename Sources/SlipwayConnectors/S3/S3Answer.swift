import Foundation
import FoundationNetworking
import SlipwayData

/// What a server of buckets answered.
struct S3Answer {
    let status: Int
    let body: Data
    private let response: HTTPURLResponse

    init(body: Data, response: HTTPURLResponse) {
        status = response.statusCode
        self.body = body
        self.response = response
    }

    /// The value of a header.
    func header(_ name: String) -> String? { response.value(forHTTPHeaderField: name) }

    /// The tag of the object's content, without quotes; `nil` where there is none.
    var tag: S3Tag? { header("ETag").map { S3Tag($0, isOfEncrypted: isEncrypted) } }

    /// Whether the server keeps the object under a key of somebody's own, and so tags it with something else than MD5.
    private var isEncrypted: Bool {
        header("x-amz-server-side-encryption").map { $0 != "AES256" } ?? false
            || header("x-amz-server-side-encryption-customer-algorithm") != nil
    }

    /// The document of the body.
    ///
    /// - Parameter name: How its element begins: servers do not agree on the end, `Result`.
    /// - Throws: ``DataError``: what the document says of a failure, which may come with status 200, or `malformed`.
    func document(named name: String) throws(DataError) -> XMLElement {
        if S3Refusal.code(in: body) != nil { throw refusal }
        let document = try XMLElement(parsing: Array(body))
        guard document.name.hasPrefix(name) else {
            throw DataError(.malformed, "the answer is '\(document.name.prefix(40))' where '\(name)' belongs")
        }
        return document
    }

    /// The error that the answer is.
    var refusal: DataError {
        let wait = header("Retry-After").flatMap { RetryAfter($0, now: .now()) }?.duration
        let code = S3Refusal.code(in: body)
        // A failure that comes with status 200 is one within the server.
        return S3Refusal.error(status: status, code: code, wait: wait)
    }
}
