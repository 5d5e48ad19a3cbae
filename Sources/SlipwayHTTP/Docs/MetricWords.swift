/// What metrics say, in plain words.
enum MetricWords {
    /// The name as people read it, and one sentence; unknown names stand for themselves.
    static func words(for metric: String) -> (name: String, meaning: String) {
        table[metric] ?? (metric, "")
    }

    private static let table: [String: (name: String, meaning: String)] = [
        "roc_auc": (
            "Ranking (ROC AUC)",
            "How often a row of the positive class gets the higher score of a pair; 0.5 is guessing, 1 is perfect."
        ),
        "log_loss": ("Log loss", "How far the probabilities are from what came true; 0 is perfect, lower is better."),
        "brier": (
            "Brier score", "The mean squared distance of the probabilities from what came true; lower is better."
        ),
        "accuracy": ("Accuracy", "The share of rows whose class is predicted right."),
        "balanced_accuracy": (
            "Balanced accuracy", "The share predicted right, averaged over the classes: rare ones count as much."
        ),
        "precision": ("Precision", "Of the rows predicted as positive, the share that are."),
        "recall": ("Recall", "Of the rows that are positive, the share that are found."),
        "f1": ("F1", "The harmonic mean of precision and recall."),
        "macro_f1": ("Macro F1", "The F1 score, averaged over the classes."),
        "expected_calibration_error": (
            "Calibration error", "How far probabilities are from observed shares, on average; lower is better."
        ),
        "rmse": ("Root mean squared error", "The typical distance from the truth, where large misses weigh more."),
        "mae": ("Mean absolute error", "The typical distance from the truth, in the unit of the target."),
        "r2": (
            "R²", "The share of the variation that the model accounts for; 1 is perfect, 0 no better than the mean."
        ),
    ]
}
