import SlipwayData

/// What a training set joins to its rows, as it was known at each row's own time.
struct PointInTimeConfiguration: Equatable, Sendable {
    /// The rows of a query that say what became known when.
    struct History: Equatable, Sendable {
        /// What messages call it: the feature view's name, or the source's.
        var name: String
        /// The name of its source.
        var source: String
        /// The SQL that selects its rows.
        var query: String
        /// How it is joined.
        var join: AsOfJoin
        /// The policies of its columns that must not be stored in clear.
        var privacy = ViewPrivacy()
    }

    /// The histories in the order in which their columns are added.
    var histories: [History]
}
