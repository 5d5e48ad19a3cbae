/// The mean over the classes that came true of the share recognised, `sklearn.metrics.balanced_accuracy_score`.
public enum BalancedAccuracy: Metric {
    /// The key in reports and gates.
    public static let name = "balanced_accuracy"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the mean.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard predictions.count > 0 else { return ClassPredictions.noRows }
        let recalls = predictions.confusion().enumerated().compactMap { actual, counts -> Double? in
            let total = counts.reduce(0, +)
            return total > 0 ? Double(counts[actual]) / Double(total) : nil
        }
        return MetricValue(recalls.reduce(0, +) / Double(recalls.count))
    }
}
