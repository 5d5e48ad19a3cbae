/// What is done with the scores of rows once all trees are summed.
protocol TreeFinisher {
    /// Takes the scores of the next rows and may change them.
    mutating func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, rowCount: Int, base: [Number])
}
