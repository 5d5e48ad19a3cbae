/// How far the positive class's probabilities lie from how often it comes true.
///
/// Σ nᵢ/n · |mean probabilityᵢ − share of positivesᵢ| over ten bins of equal width, after Naeini, Cooper, and Hauskrecht
/// (AAAI 2015), on the probability of the positive class; see ``CalibrationCurve``.
public enum ExpectedCalibrationError: Metric {
    /// The key in reports and gates.
    public static let name = "expected_calibration_error"
    /// Smaller is better.
    public static let higherIsBetter = false

    /// Computes the error; undefined without probabilities.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard predictions.count > 0 else { return ClassPredictions.noRows }
        if case .none(let reason) = predictions.probabilities() { return .undefined(reason: reason) }
        let curve = CalibrationCurve(
            isPositive: predictions.isPositive, probabilities: predictions.positiveScores ?? [])
        return MetricValue(curve.expectedError)
    }
}
