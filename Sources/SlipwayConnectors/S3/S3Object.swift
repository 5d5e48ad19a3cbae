/// What is known of an object without its content.
public struct S3Object: Equatable, Sendable {
    /// The whole key.
    public let key: String
    /// The bytes of its content.
    public let byteCount: Int
    /// What tells its content from another; `nil` for a server that tags none.
    public let tag: S3Tag?
}
