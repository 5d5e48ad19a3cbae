import SlipwayData

/// What the project says of the snapshots of one name: which rows they hold, and how long they are kept.
struct SnapshotConfiguration: Equatable, Sendable {
    /// The most snapshots that a file may ask to keep.
    static let keptCountMax = 100_000

    /// The rows of a source.
    struct Rows: Equatable, Sendable {
        /// The name of the source.
        var source: String
        /// Which rows of it.
        var rows: TrainingConfiguration.Rows
        /// What is joined to them.
        var pointInTime: PointInTimeConfiguration?
        /// The policies of columns that must not be stored in clear.
        var privacy = ViewPrivacy()
    }

    /// The name of the snapshots.
    var name: String
    /// The rows; `nil` where the name is that of a model or a feature view, whose rows they are.
    var rows: Rows?
    /// How many are kept, and how long.
    var retention = SnapshotRetention()
}
