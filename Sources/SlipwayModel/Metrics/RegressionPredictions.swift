/// Predicted and true numbers by row.
public struct RegressionPredictions: Equatable, Sendable {
    /// The true number of each row.
    public let actual: [Double]
    /// The predicted number of each row.
    public let predicted: [Double]

    /// Makes predictions.
    ///
    /// - Precondition: Both have the same length.
    public init(actual: [Double], predicted: [Double]) {
        precondition(actual.count == predicted.count, "\(actual.count) true numbers, \(predicted.count) predicted ones")
        self.actual = actual
        self.predicted = predicted
    }

    /// The number of rows.
    public var count: Int { actual.count }

    /// The true number less the predicted one, by row.
    var residuals: [Double] { zip(actual, predicted).map { $0 - $1 } }

    /// The result for no rows at all.
    static let noRows = MetricValue.undefined(reason: "there are no rows")
}
