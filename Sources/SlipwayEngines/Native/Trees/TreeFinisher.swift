/// What is done with the scores of a row once all trees are walked.
protocol TreeFinisher {
    /// The number of targets or classes.
    var targetCount: Int { get }
    /// How leaves are put together.
    var aggregate: TreeAggregate { get }

    /// Takes the scores of the next row and may change them.
    mutating func finish<Number: FloatScalar>(_ scores: inout TreeScores<Number>, _ base: [Number])
}
