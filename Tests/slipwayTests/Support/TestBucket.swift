import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayTesting

@testable import slipway

/// A place in a bucket of a server of the tests, as a source `lake` of a project.
struct TestBucket {
    /// The place.
    let bucket: S3Bucket
    /// The source as it stands in `slipway.yaml`.
    let line: String
    /// What the source takes from the environment.
    static let environment = ["LAKE_KEY": S3Server.accessKey, "LAKE_SECRET": S3Server.secretKey]

    /// Names a place.
    init(below prefix: String, of program: S3Server.Program = .rclone) throws {
        let server = try S3Server.shared(program)
        let address = "s3://\(S3Server.bucket)/\(prefix)"
        bucket = S3Bucket(
            try S3Address(parsing: address), at: try S3Endpoint(address: server.url, allowsPlainHTTP: true),
            credentials: try S3Credentials(accessKey: S3Server.accessKey, secretKey: S3Server.secretKey))
        line =
            "  lake: { type: s3, url: \(address), endpoint: \"\(server.url)\", plain_http: true, "
            + "access_key: \"${LAKE_KEY}\", secret_key: \"${LAKE_SECRET}\", retries: 0 }"
    }

    /// Adds the source to a project.
    func add(to project: TelcoProject) throws {
        let settings = project.text(of: "slipway.yaml") ?? ""
        try project.write(settings.replacing("sources:\n", with: "sources:\n\(line)\n"), to: "slipway.yaml")
    }

    /// Puts a file into the bucket.
    func put(_ path: String, as name: String) throws {
        let bucket = bucket
        try waited { try await bucket.put(path, as: name, replacing: .done) }
    }

    /// What an object holds; `nil` where there is none.
    func text(of name: String) throws -> String? {
        let bucket = bucket
        return try waited {
            guard let object = try await bucket.object(named: name) else { return nil }
            let folder = try TemporaryFolder()
            try await bucket.fetch(object, to: folder.path("read"))
            return try folder.text(of: "read")
        }
    }
}
