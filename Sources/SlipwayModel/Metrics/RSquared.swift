/// The share of the target's variance that the predictions explain, `sklearn.metrics.r2_score`.
///
/// 1 is perfect, 0 is as good as the mean, below 0 is worse.
public enum RSquared: Metric {
    /// The key in reports and gates.
    public static let name = "r2"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the share; undefined when all true numbers are equal, where scikit-learn answers 0 or 1 by convention.
    public static func evaluate(_ predictions: RegressionPredictions) -> MetricValue {
        guard predictions.count > 0 else { return RegressionPredictions.noRows }
        let mean = predictions.actual.reduce(0, +) / Double(predictions.count)
        let total = predictions.actual.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        guard total > 0 else { return .undefined(reason: "all actual values are equal") }
        return MetricValue(1 - predictions.residuals.reduce(0) { $0 + $1 * $1 } / total)
    }
}
