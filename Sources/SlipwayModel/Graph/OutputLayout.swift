/// How an output of a graph holds the answers for its rows, as far as the graph tells.
enum OutputLayout: Equatable, Sendable {
    /// The first dimension counts rows.
    case rows
    /// One answer per row, side by side: `[1, rows]`, as exporters write the labels of a discriminant analysis.
    case sideBySide
    /// The answers of a row below one another: `[rows × width, 1]`, as exporters write a network with several targets.
    case stacked(width: Int)
    /// A fixed number of tables, and rows only after it: `[tables, rows, …]`, as multi-output forests have it;
    /// a row gets its part of each table, one after the other.
    case tables(count: Int)
    /// The same whatever the rows.
    case constant
}
