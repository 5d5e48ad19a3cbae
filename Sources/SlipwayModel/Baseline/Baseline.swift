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

    /// Profiles the rows that a model was trained on, or a sample of them.
    ///
    /// - Precondition: The tables and the target have the same number of rows.
    public init(inputs: Table, outputs: Table, target: Column? = nil) {
        precondition(inputs.rowCount == outputs.rowCount, "inputs and outputs differ in length")
        precondition(target.map { $0.count == inputs.rowCount } ?? true, "inputs and target differ in length")
        self.init(
            rows: inputs.rowCount, inputs: TableProfile(inputs), outputs: TableProfile(outputs),
            target: target.map { ColumnProfile($0) })
    }
}
