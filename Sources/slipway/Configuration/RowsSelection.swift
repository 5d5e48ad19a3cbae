/// Which rows a training set or a snapshot takes, as far as the file says so rightly.
struct RowsSelection: Equatable, Sendable {
    /// The name of their source; `nil` where the file names none.
    var source: String?
    /// Which rows of it.
    var rows: TrainingConfiguration.Rows?
    /// What is joined to them.
    var pointInTime: PointInTimeConfiguration?
}
