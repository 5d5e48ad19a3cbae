public import SlipwayData

/// How the rows of a feature view are used at prediction time.
public struct FeatureUse: Equatable, Sendable {
    /// What becomes of a prediction from rows that are older than they may be.
    public enum Staleness: String, Sendable, CaseIterable {
        /// It is answered, and the answer says so.
        case flag
        /// It is refused.
        case refuse
    }

    /// What becomes of a prediction where the store cannot answer.
    public enum FailureBehaviour: Equatable, Sendable {
        /// It is refused.
        case fail
        /// It is made from a row that was looked up before, however long ago, where there is one.
        case stale
        /// It is made from stated values of some columns.
        case defaults([String: Value])
    }

    /// The age from which rows are stale; `nil` for never.
    public var ageMax: Duration?
    /// What becomes of a prediction from stale rows.
    public var staleness: Staleness
    /// How long a look-up may take, within the time of its request; `nil` for that time.
    public var timeout: Duration?
    /// How long a row that was looked up answers the next look-ups as well; `nil` for not at all.
    public var cacheAge: Duration?
    /// The column that says how old a row is; `nil` where the time of its replication does.
    public var timeColumn: String?
    /// What becomes of a prediction where the store cannot answer.
    public var onFailure: FailureBehaviour

    /// Makes rules.
    public init(
        ageMax: Duration? = nil, staleness: Staleness = .flag, timeout: Duration? = nil, cacheAge: Duration? = nil,
        timeColumn: String? = nil, onFailure: FailureBehaviour = .fail
    ) {
        self.ageMax = ageMax
        self.staleness = staleness
        self.timeout = timeout
        self.cacheAge = cacheAge
        self.timeColumn = timeColumn
        self.onFailure = onFailure
    }

    /// What a call is refused with whose rows are older than they may be.
    ///
    /// - Parameter noun: What is that old.
    func refusal(of noun: String, in view: String, age: Duration) -> ServingError {
        ServingError(
            .featuresUnavailable,
            "\(noun) are \(Int(age / .seconds(1))) s old, and may be "
                + "\(Int((ageMax ?? .zero) / .seconds(1))) s at most",
            hint: "Send all fields, or replicate the view: slipway data replicate \(view)", retryAfterSeconds: 60)
    }
}
