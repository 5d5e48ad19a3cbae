/// How a model is trained anew: a command, and the rows that it learns from.
struct TrainingConfiguration: Equatable, Sendable {
    /// Which rows of the source are taken.
    enum Rows: Equatable, Sendable {
        /// All rows of a table or view of the source.
        case table(String)
        /// The rows that an SQL query selects.
        case query(String)
        /// All rows of a CSV source.
        case all
    }

    /// The time that training may take unless the model says otherwise.
    static let timeoutDefault: Duration = .seconds(3_600)
    /// The share of rows kept from training unless the model says otherwise.
    static let heldOutShareDefault = 0.2

    /// The program with its arguments, run in the project's folder.
    var command: [String]
    /// The name of the source of the rows.
    var source: String
    /// Which rows are taken.
    var rows: Rows
    /// The time that training may take.
    var timeout: Duration = timeoutDefault
    /// The share of rows kept from training, on which champion and challenger are compared.
    var heldOutShare: Double = heldOutShareDefault
    /// When the model is to be retrained.
    var schedule: CronSchedule?
}
