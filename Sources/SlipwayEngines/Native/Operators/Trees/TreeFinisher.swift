/// What is done with the scores of rows once all trees are summed.
///
/// ## Contract for implementers
/// - Different threads may hand over different rows at once, so that answers are written where their row wants them.
protocol TreeFinisher {
    /// Takes the scores of some rows and may change them.
    ///
    /// - Parameters:
    ///   - firstRow: The place of the first row among all rows.
    ///   - base: What scores start from; may be empty.
    func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, firstRow: Int, rowCount: Int, base: [Number])
}
