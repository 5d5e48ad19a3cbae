/// The harmonic mean of precision and recall of the positive class, `sklearn.metrics.f1_score`.
public enum F1Score: Metric {
    /// The key in reports and gates.
    public static let name = "f1"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the mean; undefined when the positive class neither occurs nor is predicted.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard let score = ConfusionCounts(predictions, of: predictions.positive).f1 else {
            return .undefined(
                reason: "the class '\(predictions.classes[predictions.positive])' neither occurs nor is predicted")
        }
        return MetricValue(score)
    }
}
