/// The unweighted mean of the F1 score over classes, `sklearn.metrics.f1_score(average="macro")`.
///
/// Classes that neither occur nor are predicted do not count.
public enum MacroF1Score: Metric {
    /// The key in reports and gates.
    public static let name = "macro_f1"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the mean.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard predictions.count > 0 else { return ClassPredictions.noRows }
        let scores = predictions.classes.indices.compactMap { ConfusionCounts(predictions, of: $0).f1 }
        return MetricValue(scores.reduce(0, +) / Double(scores.count))
    }
}
