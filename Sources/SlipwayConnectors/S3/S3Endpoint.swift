import Foundation
public import SlipwayData

/// The server that keeps buckets: AWS's of a region, or another one that speaks the same protocol.
public struct S3Endpoint: Equatable, Sendable {
    /// The region where nothing else is said.
    public static let regionDefault = "us-east-1"

    /// The region, which requests are signed for.
    public let region: String
    private let scheme: String
    /// The host, with its port where that is not the scheme's own.
    private let host: String
    private let isPathStyle: Bool

    /// Describes a server.
    ///
    /// - Parameters:
    ///   - address: Where it listens, such as `https://minio.example:9000`; `nil` for AWS.
    ///   - isPathStyle: Whether buckets stand in the path and not before the host; `nil` for what the server likes: the
    ///     path for all but AWS.
    ///   - allowsPlainHTTP: Whether bytes may travel in clear, which only a private host is asked to do.
    /// - Throws: ``DataError`` of kind `unreadable` for an address that will not do.
    public init(
        region: String = Self.regionDefault, address: String? = nil, isPathStyle: Bool? = nil,
        allowsPlainHTTP: Bool = false
    ) throws(DataError) {
        guard (1...64).contains(region.utf8.count), region.utf8.allSatisfy(\.isOfNames) else {
            throw DataError(.unreadable, "'\(region)' is no region", hint: "Write one such as eu-central-1.")
        }
        self.region = region
        guard let address else {
            scheme = "https"
            host = "s3.\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
            self.isPathStyle = isPathStyle ?? false
            return
        }
        guard let url = URL(string: address), let scheme = url.scheme?.lowercased(),
            let name = url.host()?.lowercased(),
            ["http", "https"].contains(scheme), !name.isEmpty, url.user() == nil, url.password() == nil,
            url.query() == nil, url.fragment() == nil, ["", "/"].contains(url.path())
        else {
            throw DataError(
                .unreadable, "the endpoint is no address of a server",
                hint: "Write https://host or https://host:9000, without a path and without a user.")
        }
        guard scheme == "https" || (allowsPlainHTTP && PrivateHost.isPrivate(name)) else {
            throw DataError(
                .unreadable, "rows would travel in clear to \(name)",
                hint: "Write the endpoint with https://; a server of a private network may be asked with "
                    + "plain_http: true.")
        }
        self.scheme = scheme
        let bracketed = name.contains(":") ? "[\(name)]" : name
        host = url.port.flatMap { $0 == (scheme == "https" ? 443 : 80) ? nil : "\(bracketed):\($0)" } ?? bracketed
        self.isPathStyle = isPathStyle ?? true
    }

    /// Where an object is, or the bucket itself for an empty key.
    func place(bucket: String, key: String) -> (scheme: String, host: String, path: String) {
        let path = "/\(AddressText.encoded(key, keeping: "/"))"
        // A certificate for all buckets holds for no name with dots.
        guard isPathStyle || bucket.contains(".") else { return (scheme, "\(bucket).\(host)", path) }
        return (scheme, host, "/\(bucket)\(key.isEmpty ? "" : path)")
    }
}

extension UInt8 {
    /// Whether it is a small letter, a digit, or `-`.
    fileprivate var isOfNames: Bool {
        (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) || self == UInt8(ascii: "-")
    }
}
