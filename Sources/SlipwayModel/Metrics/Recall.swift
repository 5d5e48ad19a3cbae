/// The share of positive rows that were predicted as such, `sklearn.metrics.recall_score`.
public enum Recall: Metric {
    /// The key in reports and gates.
    public static let name = "recall"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the share; undefined when no row is positive.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        let counts = ConfusionCounts(predictions, of: predictions.positive)
        let total = counts.truePositives + counts.falseNegatives
        guard total > 0 else {
            return .undefined(reason: "no row is of the class '\(predictions.classes[predictions.positive])'")
        }
        return MetricValue(Double(counts.truePositives) / Double(total))
    }
}
