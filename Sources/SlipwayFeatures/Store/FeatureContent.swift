public import SlipwayData

/// What a store holds of a copy, as it was read back row by row.
public struct FeatureContent: Equatable, Sendable {
    /// The number of rows.
    public var rowCount: Int
    /// The digest of the rows, which is that of a snapshot of them; see ``TableDigest``.
    public var digest: SHA256Digest

    /// Says what was read.
    public init(rowCount: Int, digest: SHA256Digest) {
        self.rowCount = rowCount
        self.digest = digest
    }
}
