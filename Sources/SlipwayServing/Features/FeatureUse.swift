/// How the rows of a feature view are used at prediction time.
public struct FeatureUse: Equatable, Sendable {
    /// What becomes of a prediction from rows that are older than they may be.
    public enum Staleness: String, Sendable, CaseIterable {
        /// It is answered, and the answer says so.
        case flag
        /// It is refused.
        case refuse
    }

    /// The age from which rows are stale; `nil` for never.
    public var ageMax: Duration?
    /// What becomes of a prediction from stale rows.
    public var staleness: Staleness
    /// How long a look-up may take, within the time of its request; `nil` for that time.
    public var timeout: Duration?
    /// How long a row that was looked up answers the next look-ups as well; `nil` for not at all.
    public var cacheAge: Duration?

    /// Makes rules.
    public init(
        ageMax: Duration? = nil, staleness: Staleness = .flag, timeout: Duration? = nil, cacheAge: Duration? = nil
    ) {
        self.ageMax = ageMax
        self.staleness = staleness
        self.timeout = timeout
        self.cacheAge = cacheAge
    }
}
