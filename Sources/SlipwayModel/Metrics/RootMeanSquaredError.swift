/// The root of the mean squared difference, `sklearn.metrics.root_mean_squared_error`.
public enum RootMeanSquaredError: Metric {
    /// The key in reports and gates.
    public static let name = "rmse"
    /// Smaller is better.
    public static let higherIsBetter = false

    /// Computes the error in the unit of the target.
    public static func evaluate(_ predictions: RegressionPredictions) -> MetricValue {
        guard predictions.count > 0 else { return RegressionPredictions.noRows }
        let sum = predictions.residuals.reduce(0) { $0 + $1 * $1 }
        return MetricValue((sum / Double(predictions.count)).squareRoot())
    }
}
