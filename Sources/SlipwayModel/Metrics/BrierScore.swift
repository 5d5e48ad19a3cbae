/// The mean squared difference between the positive class's probability and what came true.
///
/// The figure of `sklearn.metrics.brier_score_loss` for two classes, from 0 to 1.
public enum BrierScore: Metric {
    /// The key in reports and gates.
    public static let name = "brier"
    /// Smaller is better.
    public static let higherIsBetter = false

    /// Computes the score; undefined without probabilities.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard predictions.count > 0 else { return ClassPredictions.noRows }
        if case .none(let reason) = predictions.probabilities() { return .undefined(reason: reason) }
        let sum = zip(predictions.positiveScores ?? [], predictions.isPositive).reduce(0.0) { sum, row in
            let difference = row.0 - (row.1 ? 1 : 0)
            return sum + difference * difference
        }
        return MetricValue(sum / Double(predictions.count))
    }
}
