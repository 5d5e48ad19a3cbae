/// A column of a Parquet file of our own.
public struct ParquetColumn: Equatable, Sendable {
    /// What the cells are.
    public enum Kind: Equatable, Sendable {
        /// Values of one type.
        case values(ColumnType)
        /// Moments in UTC, which are whole numbers of milliseconds since 1970 in a table.
        case times
    }

    /// The name of the column.
    public var name: String
    /// What its cells are.
    public var kind: Kind

    /// Names a column.
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }

    /// The type of the cells in a table.
    public var cellType: ColumnType {
        switch kind {
        case .values(let type): type
        case .times: .integer
        }
    }
}
