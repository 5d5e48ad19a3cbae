public import SlipwayData

/// The name and type of a column of a feature view.
public struct FeatureColumn: Codable, Hashable, Sendable {
    /// The name, as the query gives it.
    public var name: String
    /// The type.
    public var type: ColumnType

    /// Makes a column description.
    public init(name: String, type: ColumnType) {
        self.name = name
        self.type = type
    }
}

extension Table {
    /// The names and types of the columns.
    public var featureColumns: [FeatureColumn] { columns.map { FeatureColumn(name: $0.name, type: $0.type) } }
}
