public import SlipwayData

/// How the training data and the model's predictions on it are distributed: what live traffic is compared with.
///
/// It holds mergeable sketches and counts, never rows.
public struct Baseline: Codable, Equatable, Sendable {
    /// The number of rows that it was made from.
    public var rows: Int
    /// The inputs by field of the signature.
    public var inputs: TableProfile
    /// The predictions: the class or number under the name of its output, and the score of the positive class.
    public var outputs: TableProfile
    /// The true outcomes, where the data had them.
    public var target: ColumnProfile?

    /// Makes a baseline.
    public init(rows: Int, inputs: TableProfile, outputs: TableProfile, target: ColumnProfile? = nil) {
        self.rows = rows
        self.inputs = inputs
        self.outputs = outputs
        self.target = target
    }
}
