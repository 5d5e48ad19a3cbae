import SlipwayData

/// What a replication did.
public struct ReplicationOutcome: Equatable, Sendable {
    /// The copy that is live now.
    public var generation: FeatureGeneration
    /// The copy that was live before, `nil` at the first replication.
    public var previous: FeatureGeneration?
    /// The time that it all took.
    public var duration: Duration

    /// Makes an outcome.
    public init(generation: FeatureGeneration, previous: FeatureGeneration?, duration: Duration) {
        self.generation = generation
        self.previous = previous
        self.duration = duration
    }

    /// The rows that are live now.
    public var rowCount: Int { generation.rowCount }

    /// The rows that were live before, `nil` at the first replication.
    public var previousRowCount: Int? { previous?.rowCount }

    /// Whether the rows are the same as before.
    public var isUnchanged: Bool { previous?.digest == generation.digest }
}
