import SlipwayConnectors

/// What a source of the kind `s3` says beside its address.
struct BucketConfiguration: Equatable, Sendable {
    /// The server; `nil` for AWS.
    var endpoint: TextReference?
    /// The region that requests are signed for.
    var region: String?
    /// Whether buckets stand in the path; `nil` for what the server likes.
    var isPathStyle: Bool?
    /// Whether a private server is asked without TLS.
    var allowsPlainHTTP = false
    /// Who asks; both or none.
    var accessKey: TextReference?
    var secretKey: TextReference?
    /// What goes with keys that end some time.
    var sessionToken: TextReference?
    /// The most bytes that a query or job brings to this machine.
    var fetchedByteCountMax = S3Limits.fetchedByteCountMaxDefault
}
