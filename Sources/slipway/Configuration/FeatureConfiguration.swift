import SlipwayData

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
    /// When the view is to be replicated.
    var refresh: CronSchedule?
    /// The age from which rows count as stale; `nil` for never.
    var ageMax: Duration?
    /// What becomes of columns that must not be stored as they come.
    var privacy = ViewPrivacy()
}
