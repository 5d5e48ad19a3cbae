/// The share of rows whose class was predicted, `sklearn.metrics.accuracy_score`.
public enum Accuracy: Metric {
    /// The key in reports and gates.
    public static let name = "accuracy"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the share.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard predictions.count > 0 else { return ClassPredictions.noRows }
        let right = zip(predictions.actual, predictions.predicted).count { $0 == $1 }
        return MetricValue(Double(right) / Double(predictions.count))
    }
}
