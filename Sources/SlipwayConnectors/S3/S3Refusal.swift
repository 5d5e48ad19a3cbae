import Foundation
import SlipwayData

/// What an answer that is not the one hoped for says, in words for people.
///
/// Of S3's own document only the code is told: the rest may repeat what was signed, and by which key.
enum S3Refusal {
    /// The longest code that is told.
    private static let codeByteCountMax = 64

    /// The error for an answer.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - code: S3's word for what happened, if there is one.
    ///   - wait: How long the server wants to be left alone.
    static func error(status: Int, code: String?, wait: Duration?) -> DataError {
        let message = "S3 answered with \(code.map { "\($0) (status \(status))" } ?? "status \(status)")"
        switch (status, code) {
        case (_, "NoSuchBucket"): return DataError(.unreadable, message, hint: "Check the name of the bucket.")
        case (_, "NoSuchKey"), (404, nil): return DataError(.unreadable, message, hint: "Check the key of the object.")
        case (_, "RequestTimeTooSkewed"):
            return DataError(.unreadable, message, hint: "Set the clock of this machine.")
        case (301, _), (307, _), (_, "AuthorizationHeaderMalformed"), (_, "IllegalLocationConstraintException"):
            return DataError(.unreadable, message, hint: "Check the region of the source; the bucket is elsewhere.")
        case (_, "SignatureDoesNotMatch"), (_, "InvalidAccessKeyId"), (_, "ExpiredToken"), (_, "InvalidToken"),
            (401, _):
            return DataError(.unreadable, message, hint: "Check the access_key and secret_key of the source.")
        case (403, _):
            return DataError(
                .unreadable, message, hint: "Check the access_key and secret_key of the source, and what they may do.")
        case (409, "ConditionalRequestConflict"), (_, "SlowDown"), (_, "RequestTimeout"), (_, "InternalError"),
            (_, "ServiceUnavailable"), (408, _), (429, _), (500, _), (502, _), (503, _), (504, _):
            return DataError(.sourceFailed, message, outlook: .passing(after: wait))
        default: return DataError(.sourceFailed, message)
        }
    }

    /// The code in a document of an error; `nil` for another document.
    static func code(in body: Data) -> String? {
        guard let document = try? XMLElement(parsing: Array(body)), document.name == "Error",
            let code = document["Code"]?.text, (1...codeByteCountMax).contains(code.utf8.count),
            code.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2E })
        else { return nil }
        return code
    }
}
