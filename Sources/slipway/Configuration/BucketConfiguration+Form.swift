import SlipwayData

extension BucketConfiguration {
    /// The keys of a source that describe a bucket.
    static let keys = [
        "endpoint", "region", "path_style", "plain_http", "access_key", "secret_key", "session_token", "max_size",
    ]
    /// The most bytes that a project may let come.
    fileprivate static let fetchedByteCountRange = 1_000...10_000_000_000_000
}

extension ConfigurationReader {
    /// What a source says of its bucket.
    mutating func bucket(of fields: Fields) -> BucketConfiguration {
        var bucket = BucketConfiguration()
        bucket.endpoint = optional("endpoint", of: fields, as: .reference(example: "https://minio.example:9000"))
        bucket.region = optional("region", of: fields, as: .text(example: "eu-central-1"))
        bucket.isPathStyle = optional("path_style", of: fields, as: .truth)
        bucket.allowsPlainHTTP = optional("plain_http", of: fields, as: .truth) ?? false
        bucket.accessKey = optional("access_key", of: fields, as: .reference(example: "${AWS_ACCESS_KEY_ID}"))
        bucket.secretKey = optional("secret_key", of: fields, as: .reference(example: "${AWS_SECRET_ACCESS_KEY}"))
        bucket.sessionToken = optional("session_token", of: fields, as: .reference(example: "${AWS_SESSION_TOKEN}"))
        let size = Form<Int>.byteSize(in: BucketConfiguration.fetchedByteCountRange, example: "4GB")
        if let byteCount = optional("max_size", of: fields, as: size) { bucket.fetchedByteCountMax = byteCount }
        let keys = ["access_key", "secret_key"]
        let given = keys.filter { fields[$0] != nil }
        if given.count == 1 || (given.isEmpty && fields["session_token"] != nil) {
            report("the keys \(keys.joined(separator: " and ")) go together; write both", at: fields.node)
        }
        return bucket
    }
}
