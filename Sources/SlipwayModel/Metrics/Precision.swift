/// The share of rows predicted as positive that came true, `sklearn.metrics.precision_score`.
public enum Precision: Metric {
    /// The key in reports and gates.
    public static let name = "precision"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the share; undefined when no row is predicted as positive.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        let counts = ConfusionCounts(predictions, of: predictions.positive)
        let total = counts.truePositives + counts.falsePositives
        guard total > 0 else {
            return .undefined(reason: "no row is predicted as '\(predictions.classes[predictions.positive])'")
        }
        return MetricValue(Double(counts.truePositives) / Double(total))
    }
}
