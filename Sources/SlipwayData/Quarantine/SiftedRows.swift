/// Some rows as they were read: those that parse as a table, and the others.
public struct SiftedRows: Equatable, Sendable {
    /// The rows that parse.
    public var table: Table
    /// For each of them the line on which it begins, counted from 1.
    public var lines: [Int]
    /// The rows that do not.
    public var badRows: [BadRow]

    /// Describes rows.
    public init(table: Table, lines: [Int], badRows: [BadRow] = []) {
        self.table = table
        self.lines = lines
        self.badRows = badRows
    }
}
