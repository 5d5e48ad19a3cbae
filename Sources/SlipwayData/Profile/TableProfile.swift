/// The profiles of a table's columns, in their order.
public struct TableProfile: Equatable, Sendable {
    /// The number of rows.
    public private(set) var rowCount: Int
    /// The columns in order.
    public private(set) var columns: [ColumnProfile]

    /// Makes a profile without rows, to be filled one by one.
    public init(columns: [(name: String, type: ColumnType)] = []) {
        rowCount = 0
        self.columns = columns.map { ColumnProfile(name: $0.name, type: $0.type) }
    }

    /// Profiles a table.
    public init(_ table: Table) {
        rowCount = table.rowCount
        columns = table.columns.map { ColumnProfile($0) }
    }

    /// The profile of a column, or `nil`.
    public subscript(name: String) -> ColumnProfile? { columns.first { $0.name == name } }

    /// Adds one row.
    ///
    /// - Parameter row: The cells in the order of ``columns``; one left out at the end counts as missing.
    public mutating func add(row: [Value]) {
        rowCount += 1
        for index in columns.indices { columns[index].add(index < row.count ? row[index] : .missing) }
    }

    /// Adds all that another profile with the same columns stands for.
    ///
    /// - Throws: ``DataError`` of kind `missingColumn` or `wrongType` when the columns differ; nothing is added then.
    public mutating func merge(_ other: TableProfile) throws(DataError) {
        guard columns.map(\.name) == other.columns.map(\.name) else {
            throw DataError(
                .missingColumn,
                "profiles of the columns \(columns.map(\.name).joined(separator: ", ")) and "
                    + "\(other.columns.map(\.name).joined(separator: ", ")) cannot be merged")
        }
        var merged = columns
        for index in merged.indices { try merged[index].merge(other.columns[index]) }
        columns = merged
        rowCount += other.rowCount
    }
}

extension TableProfile: Codable {
    private enum CodingKeys: String, CodingKey {
        case rowCount = "row_count"
        case columns
    }

    /// The largest number of rows that is believed; sums of so many stay far from overflow.
    private static let rowCountMax = 1 << 50

    /// Reads a profile and refuses one whose columns differ in length.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rowCount = try container.decode(Int.self, forKey: .rowCount)
        columns = try container.decode([ColumnProfile].self, forKey: .columns)
        guard (0...Self.rowCountMax).contains(rowCount), columns.allSatisfy({ [rowCount] in $0.count == rowCount })
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "the columns of a profile differ in length"))
        }
    }
}
