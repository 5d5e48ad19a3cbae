public import SlipwayData

/// The answer to a look-up: a row for each key that was asked for, and how old the data is.
public struct FeatureRows: Equatable, Sendable {
    /// For each key, in order, the cells by column name, the key among them; `nil` where no row has the key.
    public var rows: [[String: Value]?]
    /// The copy of the view that all the rows come from.
    public var generation: FeatureGeneration

    /// Makes an answer.
    public init(rows: [[String: Value]?], generation: FeatureGeneration) {
        self.rows = rows
        self.generation = generation
    }
}
