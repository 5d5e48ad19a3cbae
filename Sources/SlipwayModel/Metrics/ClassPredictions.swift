/// Predicted and true classes by row, with scores where the model gives them.
public struct ClassPredictions: Equatable, Sendable {
    /// The classes; the other members refer to them by index.
    public let classes: [String]
    /// The class that binary metrics speak of.
    public let positive: Int
    /// The true class of each row.
    public let actual: [Int]
    /// The predicted class of each row.
    public let predicted: [Int]
    /// The score of each class, row by row (rows × classes); `nil` when the model gives none.
    public let scores: [Double]?

    /// Makes predictions.
    ///
    /// - Precondition: Lengths agree, and every index is one of a class.
    public init(classes: [String], positive: Int, actual: [Int], predicted: [Int], scores: [Double]? = nil) {
        precondition(actual.count == predicted.count, "\(actual.count) true classes, \(predicted.count) predicted ones")
        precondition(scores.map { $0.count == actual.count * classes.count } ?? true, "scores are not rows × classes")
        precondition((actual + predicted + [positive]).allSatisfy(classes.indices.contains), "an index of no class")
        self.classes = classes
        self.positive = positive
        self.actual = actual
        self.predicted = predicted
        self.scores = scores
    }

    /// The number of rows.
    public var count: Int { actual.count }

    /// The score of the positive class by row; `nil` when the model gives none.
    public var positiveScores: [Double]? {
        scores.map { scores in (0..<count).map { scores[$0 * classes.count + positive] } }
    }

    /// For each row whether the positive class came true.
    public var isPositive: [Bool] { actual.map { $0 == positive } }

    /// The scores when all of them are probabilities, else why they are not.
    func probabilities() -> Probabilities {
        guard let scores else { return .none(reason: "the model gives no scores") }
        guard scores.allSatisfy((0...1).contains) else {
            return .none(reason: "the scores are not probabilities between 0 and 1")
        }
        return .some(scores)
    }

    /// Probabilities by row and class, or the reason why there are none.
    enum Probabilities {
        case some([Double])
        case none(reason: String)
    }

    /// How often each pair of true and predicted class occurs, by true class.
    func confusion() -> [[Int]] {
        var counts = Array(repeating: Array(repeating: 0, count: classes.count), count: classes.count)
        for (actual, predicted) in zip(actual, predicted) { counts[actual][predicted] += 1 }
        return counts
    }

    /// The result for no rows at all.
    static let noRows = MetricValue.undefined(reason: "there are no rows")
}
