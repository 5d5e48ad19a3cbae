/// How a model is trained anew: a command, and the rows that it learns from.
struct TrainingConfiguration: Equatable, Sendable {
    /// Which rows of the source are taken.
    enum Rows: Equatable, Sendable {
        /// All rows of a table or view, whose name may be led by its schema's: `sales.history`.
        case table(String)
        /// The rows that an SQL query selects.
        case query(String)

        /// The query that selects the rows.
        var query: String {
            switch self {
            case .query(let query): query
            case .table(let name):
                // Names are checked to be plain identifiers; the quotes keep those that are words of SQL apart.
                "select * from " + name.split(separator: ".").map { "\"\($0)\"" }.joined(separator: ".")
            }
        }
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
    /// What is joined to them.
    var pointInTime: PointInTimeConfiguration?
    /// The time that training may take.
    var timeout: Duration = timeoutDefault
    /// The share of rows kept from training, on which champion and challenger are compared.
    var heldOutShare: Double = heldOutShareDefault
    /// When the model is to be retrained.
    var schedule: CronSchedule?
}
