public import SlipwayData

/// One replicated copy of a feature view.
public struct FeatureGeneration: Equatable, Sendable {
    /// The name of the view.
    public var view: String
    /// The number of the copy; later copies have higher ones, with gaps, and none is used twice.
    public var number: Int
    /// The name of the key column.
    public var key: String
    /// The columns in the order of the query, the key among them.
    public var columns: [FeatureColumn]
    /// The number of rows that the store holds.
    public var rowCount: Int
    /// The digest of what the store holds, which is that of a snapshot of the same rows; see ``TableDigest``.
    public var digest: SHA256Digest
    /// The moment at which the source was asked.
    public var replicatedAt: Timestamp
    /// The snapshot that the rows are from, as `NAME@DIGEST`; `nil` for rows that came from their source.
    public var snapshot: String?

    /// Describes a copy.
    public init(
        view: String, number: Int, key: String, columns: [FeatureColumn], rowCount: Int, digest: SHA256Digest,
        replicatedAt: Timestamp, snapshot: String? = nil
    ) {
        self.view = view
        self.number = number
        self.key = key
        self.columns = columns
        self.rowCount = rowCount
        self.digest = digest
        self.replicatedAt = replicatedAt
        self.snapshot = snapshot
    }

    /// The type of the key column.
    public var keyType: ColumnType { columns.first { $0.name == key }?.type ?? .string }

    /// How old the data is; never negative.
    public func age(at now: Timestamp) -> Duration {
        .milliseconds(max(0, now.milliseconds - replicatedAt.milliseconds))
    }
}
