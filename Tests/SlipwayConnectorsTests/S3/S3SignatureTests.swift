import Foundation
import FoundationNetworking
import SlipwayData
import Testing

@testable import SlipwayConnectors

struct S3SignatureTests {
    /// The requests that AWS's documentation signs, with their signatures.
    @Test(arguments: [
        (
            "GET", "/test.txt", "", ["range": "bytes=0-9"], "",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        (
            "PUT", "/test%24file.text", "",
            ["date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"],
            "Welcome to Amazon S3.", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        ("GET", "/", "lifecycle=", [:], "", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        (
            "GET", "/", "max-keys=2&prefix=J", [:], "",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ])
    func requestsOfTheDocumentationAreSignedAsItSays(
        method: String, path: String, query: String, headers: [String: String], body: String, expected: String
    ) throws {
        let credentials = try S3Credentials(
            accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        let signature = S3Signature(
            credentials: credentials, region: "us-east-1", at: try #require(Timestamp("2013-05-24T00:00:00Z")))
        let payload = SHA256Digest(of: Data(body.utf8)).hex
        var headers = headers
        headers["host"] = "examplebucket.s3.amazonaws.com"
        headers["x-amz-content-sha256"] = payload
        headers["x-amz-date"] = "20130524T000000Z"
        let text = signature.authorization(
            method: method, path: path, query: query, headers: headers, payload: payload)
        #expect(text.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "))
        #expect(text.hasSuffix("Signature=\(expected)"))
    }

    private struct Fixture: Decodable {
        struct Case: Decodable {
            let host, method, key, body, authorization: String
            let parameters, headers: [String: String]
            let hasToken: Bool
        }

        let moment, region, access, secret, token: String
        let cases: [Case]
    }

    @Test func requestsAreSignedAsBotocoreSignsThem() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../Fixtures/s3/signatures.json").standardizedFileURL
        let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
        #expect(fixture.cases.count == 16)
        for request in fixture.cases {
            let endpoint =
                try request.host.hasPrefix("127.")
                ? S3Endpoint(
                    region: fixture.region, address: "http://\(request.host)", isPathStyle: false, allowsPlainHTTP: true
                )
                : S3Endpoint(region: fixture.region)
            let credentials = try S3Credentials(
                accessKey: fixture.access, secretKey: fixture.secret,
                sessionToken: request.hasToken ? fixture.token : nil)
            let signature = S3Signature(
                credentials: credentials, region: endpoint.region, at: try #require(Timestamp(fixture.moment)))
            let payload = SHA256Digest(of: Data(request.body.utf8)).hex
            var headers = request.headers
            headers["host"] = request.host
            headers["x-amz-content-sha256"] = payload
            headers["x-amz-date"] = signature.moment
            if request.hasToken { headers["x-amz-security-token"] = fixture.token }
            let text = signature.authorization(
                method: request.method, path: endpoint.place(bucket: "shop-data", key: request.key).path,
                query: S3Signature.query(request.parameters), headers: headers, payload: payload)
            #expect(text == request.authorization, "\(request.method) \(request.key)")
        }
    }

    @Test func whatIsSentIsWhatWasSigned() throws {
        let credentials = try S3Credentials(accessKey: "A", secretKey: "hidden", sessionToken: "token")
        var request = S3Request(method: "GET", key: "a b/ü+%.csv")
        request.headers["range"] = "bytes=0-1"
        request.parameters = ["b": "1/2", "a": "x y"]
        let sent = try request.signed(
            by: credentials, for: S3Endpoint(region: "eu-west-1"), bucket: "shop-data",
            at: try #require(Timestamp("2026-03-01T09:30:07.250Z")), patience: .seconds(1))
        #expect(
            sent.url?.absoluteString
                == "https://shop-data.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC%2B%25.csv?a=x%20y&b=1%2F2")
        #expect(sent.value(forHTTPHeaderField: "x-amz-date") == "20260301T093007Z")
        #expect(
            sent.value(forHTTPHeaderField: "Authorization")?.contains(
                "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date;x-amz-security-token,") == true)
        #expect("\(credentials)" == "S3Credentials")
        var shown = ""
        dump(credentials, to: &shown)
        #expect(!shown.contains("hidden"))
    }

    @Test func whoNamesNobodySignsNothing() throws {
        let sent = try S3Request(method: "GET", key: "a").signed(
            by: nil, for: S3Endpoint(), bucket: "shop-data", at: .now(), patience: .seconds(1))
        #expect(sent.allHTTPHeaderFields?.keys.contains { $0.lowercased().hasPrefix("x-amz") } != true)
        #expect(sent.value(forHTTPHeaderField: "Authorization") == nil)
    }
}
