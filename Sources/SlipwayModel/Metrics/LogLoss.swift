import Foundation

/// The mean negative logarithm of the probability given to the true class, `sklearn.metrics.log_loss`.
public enum LogLoss: Metric {
    /// The key in reports and gates.
    public static let name = "log_loss"
    /// Smaller is better.
    public static let higherIsBetter = false

    /// Probabilities are held this far from 0 and 1, the machine epsilon of double precision, as scikit-learn does.
    private static let epsilon = Double.ulpOfOne

    /// Computes the loss in nats; undefined without probabilities.
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard predictions.count > 0 else { return ClassPredictions.noRows }
        switch predictions.probabilities() {
        case .none(let reason): return .undefined(reason: reason)
        case .some(let probabilities):
            let width = predictions.classes.count
            let sum = predictions.actual.enumerated().reduce(0.0) { sum, row in
                let probability = probabilities[row.offset * width + row.element]
                return sum - log(min(max(probability, epsilon), 1 - epsilon))
            }
            return MetricValue(sum / Double(predictions.count))
        }
    }
}
