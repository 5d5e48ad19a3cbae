import Crypto
import Foundation
import SlipwayData

/// What proves that a request comes from whom it names: AWS's Signature Version 4, over a digest of its body.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
struct S3Signature {
    private static let algorithm = "AWS4-HMAC-SHA256"

    let credentials: S3Credentials
    let region: String
    /// The moment of the request, as `20130524T000000Z`.
    let moment: String

    init(credentials: S3Credentials, region: String, at moment: Timestamp) {
        self.credentials = credentials
        self.region = region
        // Without the milliseconds.
        self.moment = "\(moment.compactText.prefix(15))Z"
    }

    private var day: Substring { moment.prefix(8) }
    private var scope: String { "\(day)/\(region)/s3/aws4_request" }

    /// The header `Authorization`.
    ///
    /// - Parameters:
    ///   - path: The path as it is sent.
    ///   - parameters: What stands behind its `?`, in the form of ``query(_:)``.
    ///   - headers: All headers that are signed, with names in small letters: `host`, `x-amz-content-sha256` and
    ///     `x-amz-date` among them.
    ///   - payload: The digest of the body in hexadecimal.
    func authorization(
        method: String, path: String, query: String, headers: [String: String], payload: String
    ) -> String {
        let names = headers.keys.sorted()
        let lines = names.map { "\($0):\((headers[$0] ?? "").trimmingCharacters(in: .whitespaces))\n" }.joined()
        let signed = names.joined(separator: ";")
        let request = [method, path, query, lines, signed, payload].joined(separator: "\n")
        let digest = SHA256Digest(of: Data(request.utf8)).hex
        let text = [Self.algorithm, moment, scope, digest].joined(separator: "\n")
        let signature = S3Tag.hexadecimal(Self.code(text, by: key))
        return "\(Self.algorithm) Credential=\(credentials.accessKey)/\(scope), SignedHeaders=\(signed), "
            + "Signature=\(signature)"
    }

    /// Parameters in the one form that is signed: encoded, and in the order of their names.
    static func query(_ parameters: [String: String]) -> String {
        parameters.map { (AddressText.encoded($0.key), AddressText.encoded($0.value)) }.sorted { $0.0 < $1.0 }
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// The key of the day, the region, and the service, from which the secret cannot be told.
    private var key: [UInt8] {
        [String(day), region, "s3", "aws4_request"].reduce(Array("AWS4\(credentials.secretKey)".utf8)) { key, part in
            Self.code(part, by: key)
        }
    }

    private static func code(_ text: String, by key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }
}
