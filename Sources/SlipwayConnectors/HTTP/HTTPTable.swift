public import SlipwayData

/// A list of objects that an API gives, as a table.
public struct HTTPTable: Equatable, Sendable {
    /// The name of the table in queries.
    public var name: String
    /// The path below the API's address, with the parameters of the query.
    public var path: String
    /// The names that lead from the answer to its list of rows; empty where the answer is the list.
    public var rows: [String]
    /// How the next rows are asked for.
    public var paging: HTTPPaging
    /// The columns with their types; empty to take those of the objects.
    public var columns: [(name: String, type: ColumnType)]

    /// Describes a table.
    public init(
        name: String, path: String, rows: [String] = [], paging: HTTPPaging = .none,
        columns: [(name: String, type: ColumnType)] = []
    ) {
        self.name = name
        self.path = path
        self.rows = rows
        self.paging = paging
        self.columns = columns
    }

    /// Whether both describe the same.
    public static func == (left: HTTPTable, right: HTTPTable) -> Bool {
        left.name == right.name && left.path == right.path && left.rows == right.rows && left.paging == right.paging
            && left.columns.map(\.name) == right.columns.map(\.name)
            && left.columns.map(\.type) == right.columns.map(\.type)
    }
}
