/// The mean absolute difference, `sklearn.metrics.mean_absolute_error`.
public enum MeanAbsoluteError: Metric {
    /// The key in reports and gates.
    public static let name = "mae"
    /// Smaller is better.
    public static let higherIsBetter = false

    /// Computes the error in the unit of the target.
    public static func evaluate(_ predictions: RegressionPredictions) -> MetricValue {
        guard predictions.count > 0 else { return RegressionPredictions.noRows }
        return MetricValue(predictions.residuals.reduce(0) { $0 + abs($1) } / Double(predictions.count))
    }
}
