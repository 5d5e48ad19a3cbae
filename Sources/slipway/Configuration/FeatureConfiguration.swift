import SlipwayData
import SlipwayServing

/// A feature view: keyed rows of a source, copied to the serving store and looked up at prediction time.
struct FeatureConfiguration: Equatable, Sendable {
    /// The name of the view.
    var name: String
    /// The name of the source.
    var source: String
    /// The SQL that selects the rows.
    var query: String
    /// The column that identifies a row.
    var key: String
    /// The column that says when a row was made; the newest row of a key counts, and rows are as old as it says.
    var time: String?
    /// The models whose stored predictions the rows are.
    var predictionsOf: [String] = []
    /// When the view is to be replicated.
    var refresh: CronSchedule?
    /// The age from which rows count as stale; `nil` for never.
    var ageMax: Duration?
    /// What becomes of predictions from stale rows.
    var staleness = FeatureUse.Staleness.flag
    /// How long a look-up may take; `nil` for the time of its request.
    var lookUpTimeout: Duration?
    /// How long a row that was looked up is used again; `nil` for not at all.
    var cacheAge: Duration?
    /// What becomes of calls where the store cannot answer.
    var onFailure = FeatureUse.FailureBehaviour.fail
    /// What becomes of columns that must not be stored as they come.
    var privacy = ViewPrivacy()

    /// Notes that the rows are stored predictions of a model, which say by themselves when they were made.
    mutating func holdPredictions(of model: String) {
        predictionsOf.append(model)
        time = time ?? StoredPredictionView.timeColumn
    }
}
