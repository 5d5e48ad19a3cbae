import SlipwayData
import SlipwayFeatures

/// What a look-up found for one key.
struct FoundFeatures: Sendable {
    /// The cells by column name; `nil` where no row has the key.
    var row: [String: Value]?
    /// When the source was asked for them.
    var replicatedAt: Timestamp
    /// What this is where the store could not answer, and what it failed with; `nil` for what it answered.
    var standIn: (kind: FeatureStandIn, failure: ServingError)?

    /// How old the features are: since their own time where the view has one, else since the source was asked.
    func age(by use: FeatureUse, at now: Timestamp) -> Duration {
        var time = replicatedAt
        if let column = use.timeColumn, let cell = row?[column], let own = TimePoint(cell) {
            time = min(time, own.timestamp)
        }
        return .milliseconds(max(0, now.milliseconds - time.milliseconds))
    }
}
