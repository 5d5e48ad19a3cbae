import Foundation
import SlipwayData
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayConnectors

/// What becomes of servers that lie, break off, or are busy.
struct OddBucketTests {
    private static let object = S3Object(key: "a.csv", byteCount: 10, tag: S3Tag("\"one\""))
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func bucket(at server: OddServer, retryCount: Int = 0) throws -> S3Bucket {
        var limits = S3Limits()
        limits.retryCount = retryCount
        limits.partByteCount = 16
        return S3Bucket(
            try S3Address(parsing: "s3://shop-data"),
            at: try S3Endpoint(address: server.url.absoluteString, allowsPlainHTTP: true),
            credentials: try S3Credentials(accessKey: "AKIDEXAMPLE", secretKey: "hidden-secret"), limits: limits)
    }

    private static func document(_ code: String) -> String {
        "<Error><Code>\(code)</Code><Message>AKIDEXAMPLE hidden-secret</Message></Error>"
    }

    /// Each body with the headers of its answer, and a part of the error.
    @Test(arguments: [
        ("0123456789", ["ETag: \"two\"", "Content-Range: bytes 0-9/10"], "it was replaced while it was read"),
        ("01234", ["ETag: \"one\"", "Content-Range: bytes 0-9/10"], "other bytes came than were asked for"),
        ("0123456789", ["ETag: \"one\"", "Content-Range: bytes 5-14/15"], "other bytes came than were asked for"),
        ("0123456789", ["ETag: \"one\"", "Content-Range: bytes 0-9/11"], "other bytes came than were asked for"),
        ("0123456789x", ["ETag: \"one\""], "the answer has more than"),
    ])
    func anAnswerThatIsNotTheObjectLeavesNoFile(body: String, headers: [String], words: String) async throws {
        let server = try OddServer { $0.answer(body, status: 206, headers: headers) }
        let error = await #expect(throws: DataError.self) {
            try await Self.bucket(at: server).fetch(Self.object, to: folder.path("down"))
        }
        #expect(error?.message.contains(words) == true && error?.message.contains("a.csv") == true)
        #expect(try folder.names == [])
    }

    @Test func anAnswerThatBreaksOffMayPass() async throws {
        let server = try OddServer { $0.write("HTTP/1.1 206 Odd\r\nContent-Length: 10\r\n\r\n0123") }
        let error = await #expect(throws: DataError.self) {
            try await Self.bucket(at: server).fetch(Self.object, to: folder.path("down"))
        }
        #expect(error?.kind == .sourceFailed && error?.outlook == .passing())
        #expect(error?.message.hasPrefix("GET s3://shop-data/a.csv: ") == true)
    }

    @Test func bytesThatAreNotThoseOfTheirTagAreRefused() async throws {
        let tag = S3Tag.digest(of: Data("0123456789".utf8))
        let object = S3Object(key: "a.csv", byteCount: 10, tag: S3Tag(tag))
        let body = Mutex("0123456788")
        let server = try OddServer { connection in
            connection.answer(
                body.withLock { $0 }, status: 206, headers: ["ETag: \"\(tag)\"", "Content-Range: bytes 0-9/10"])
        }
        let bucket = try Self.bucket(at: server)
        let error = await #expect(throws: DataError.self) { try await bucket.fetch(object, to: folder.path("down")) }
        #expect(error?.message.contains("not those of its tag") == true && error?.outlook == .passing())
        #expect(try folder.names == [])
        body.withLock { $0 = "0123456789" }
        try await bucket.fetch(object, to: folder.path("down"))
        #expect(try folder.text(of: "down") == "0123456789")
    }

    @Test func aTagOfEncryptedContentIsNoDigest() async throws {
        let tag = String(repeating: "0", count: 32)
        let server = try OddServer {
            $0.answer("0123456789", headers: ["ETag: \"\(tag)\"", "x-amz-server-side-encryption: aws:kms"])
        }
        let object = S3Object(key: "a.csv", byteCount: 10, tag: S3Tag(tag))
        try await Self.bucket(at: server).fetch(object, to: folder.path("down"))
        #expect(try folder.text(of: "down") == "0123456789")
    }

    @Test func aBusyServerIsAskedAgainAsOftenAsWasSaid() async throws {
        let count = Mutex(0)
        let server = try OddServer { connection in
            let number = count.withLock { count in
                count += 1
                return count
            }
            guard number > 2 else { return connection.answer(Self.document("SlowDown"), status: 503) }
            connection.answer("<ListBucketResult></ListBucketResult>")
        }
        let error = await #expect(throws: DataError.self) { try await Self.bucket(at: server, retryCount: 1).objects() }
        #expect(error?.outlook == .passing() && error?.message.contains("SlowDown (status 503)") == true)
        #expect(try await Self.bucket(at: server, retryCount: 1).objects() == [])
        #expect(count.withLock { $0 } == 3)
    }

    @Test(arguments: [
        (403, "SignatureDoesNotMatch", "Check the access_key"), (403, "AccessDenied", "what they may do"),
        (301, "PermanentRedirect", "Check the region"), (400, "AuthorizationHeaderMalformed", "Check the region"),
        (403, "RequestTimeTooSkewed", "Set the clock"), (404, "NoSuchBucket", "Check the name of the bucket"),
    ])
    func aRefusalSaysWhatToDoAndNothingThatIsSecret(status: Int, code: String, hint: String) async throws {
        let server = try OddServer { $0.answer(Self.document(code), status: status) }
        let error = await #expect(throws: DataError.self) { try await Self.bucket(at: server, retryCount: 3).objects() }
        #expect(error?.kind == .unreadable && error?.outlook == .lasting)
        // What a redirection says is not kept.
        let words = status == 301 ? "status 301" : "\(code) (status \(status))"
        #expect(error?.message.contains(words) == true)
        #expect(error?.hint?.contains(hint) == true)
        #expect(error?.description.contains("AKIDEXAMPLE") == false && error?.description.contains("hidden") == false)
    }

    @Test(arguments: ["", "<html>", "<Error><Code>hidden secret</Code></Error>", "<Error><Code></Code></Error>"])
    func aRefusalWithoutAWordOfS3IsItsStatus(body: String) async throws {
        let server = try OddServer { $0.answer(body, status: 502) }
        let error = await #expect(throws: DataError.self) { try await Self.bucket(at: server).objects() }
        #expect(error?.message == "GET s3://shop-data/: S3 answered with status 502")
    }

    @Test(arguments: [true, false])
    func aListingWithoutAnEndIsGivenUp(isCircle: Bool) async throws {
        let count = Mutex(0)
        let server = try OddServer { connection in
            let number = count.withLock { count in
                count += 1
                return isCircle ? count % 2 : count
            }
            connection.answer(
                "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>\(number)</NextContinuationToken>"
                    + "<Contents><Key>k\(number)</Key><Size>1</Size></Contents></ListBucketResult>")
        }
        var bucket = try Self.bucket(at: server)
        bucket.limits.objectCountMax = 20
        let error = await #expect(throws: DataError.self) { try await bucket.objects() }
        #expect(error?.kind == (isCircle ? .malformed : .limitExceeded))
        #expect(count.withLock { $0 } < 30)
    }

    @Test func keysOutsideOfWhatWasAskedAreLeftOut() async throws {
        let server = try OddServer {
            $0.answer(
                "<ListBucketResult><Contents><Key>../../etc/passwd</Key><Size>1</Size></Contents>"
                    + "<Contents><Key>in/a.csv</Key><Size>1</Size></Contents></ListBucketResult>")
        }
        #expect(try await Self.bucket(at: server).objects(in: "in/").map(\.key) == ["in/a.csv"])
    }

    /// What the server does wrong on the way, and what of an upload it saw.
    @Test(arguments: [
        ("PUT", 500, OddBucketTests.document("InternalError")), ("PUT", 200, ""),
        ("POST", 200, OddBucketTests.document("InternalError")),
        ("POST", 400, OddBucketTests.document("InvalidPart")),
    ])
    func anUploadThatFailsIsThrownAway(method: String, status: Int, body: String) async throws {
        let requests = Mutex<[String]>([])
        let server = try OddServer { connection in
            let word = String(connection.request.prefix { $0 != " " })
            requests.withLock { $0.append("\(word) \(connection.path)") }
            if word == method, connection.path.contains("uploadId=") { return connection.answer(body, status: status) }
            switch word {
            case "POST" where connection.path.hasSuffix("?uploads="):
                connection.answer(
                    "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>")
            case "PUT": connection.answer("", headers: ["ETag: \"part\""])
            case "DELETE": connection.answer("", status: 204)
            default: connection.answer("", status: 500)
            }
        }
        let path = try folder.write(String(repeating: "x", count: 40), to: "up")
        let error = await #expect(throws: DataError.self) {
            try await Self.bucket(at: server).put(path, as: "a.csv", replacing: .done)
        }
        #expect(error?.message.contains("a.csv") == true)
        #expect(error?.hint?.contains("abort upload") != true)
        let seen = requests.withLock { $0 }
        #expect(seen.first == "POST /shop-data/a.csv?uploads=")
        #expect(seen.last == "DELETE /shop-data/a.csv?uploadId=u1")
    }

    @Test func partsThatCannotBeThrownAwayAreToldOf() async throws {
        let server = try OddServer { connection in
            guard connection.path.hasSuffix("?uploads=") else { return connection.answer("", status: 400) }
            connection.answer("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>")
        }
        let path = try folder.write(String(repeating: "x", count: 40), to: "up")
        let error = await #expect(throws: DataError.self) {
            try await Self.bucket(at: server).put(path, as: "a.csv", replacing: .done)
        }
        #expect(error?.hint?.contains("abort upload u1 of 'a.csv'") == true)
    }

    @Test func aServerThatTookOtherBytesIsFoundOut() async throws {
        let server = try OddServer { $0.answer("", headers: ["ETag: \"\(String(repeating: "0", count: 32))\""]) }
        let path = try folder.write("x", to: "up")
        let error = await #expect(throws: DataError.self) {
            try await Self.bucket(at: server).put(path, as: "a.csv", replacing: .done)
        }
        #expect(error?.message.contains("other bytes than were sent") == true)
    }
}
