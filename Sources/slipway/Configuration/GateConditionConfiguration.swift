/// One condition that a version must meet to be promoted.
enum GateConditionConfiguration: Equatable, Sendable {
    /// The metric reaches a figure, over all rows or in each group of a slice.
    case atLeast(metric: String, threshold: Double, slice: String?)
    /// The metric stays at or below a figure, over all rows or in each group of a slice.
    case atMost(metric: String, threshold: Double, slice: String?)
    /// The metric is not worse than the champion's by more than a margin, at a confidence.
    case notWorseThanChampion(metric: String, margin: Double, confidence: Double)

    /// The confidence of a comparison that states none.
    static let confidenceDefault = 0.95
    /// The metrics that a condition may name.
    static let metrics = [
        "accuracy", "average_precision", "brier_score", "calibration_error", "f1", "log_loss", "mae", "precision", "r2",
        "recall", "rmse", "roc_auc",
    ]
    /// The metrics that lie between 0 and 1.
    static let shareMetrics: Set = [
        "accuracy", "average_precision", "brier_score", "calibration_error", "f1", "precision", "recall", "roc_auc",
    ]
}
