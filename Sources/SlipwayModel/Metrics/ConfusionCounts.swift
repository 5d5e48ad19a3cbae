/// How often one class was predicted and came true.
struct ConfusionCounts {
    /// Rows of the class that were predicted as it.
    var truePositives = 0
    /// Rows of another class that were predicted as it.
    var falsePositives = 0
    /// Rows of the class that were predicted as another.
    var falseNegatives = 0

    /// Counts over all rows.
    init(_ predictions: ClassPredictions, of index: Int) {
        for (actual, predicted) in zip(predictions.actual, predictions.predicted) {
            switch (actual == index, predicted == index) {
            case (true, true): truePositives += 1
            case (false, true): falsePositives += 1
            case (true, false): falseNegatives += 1
            case (false, false): break
            }
        }
    }

    /// The harmonic mean of precision and recall, or `nil` when the class neither occurs nor is predicted.
    var f1: Double? {
        let total = 2 * truePositives + falsePositives + falseNegatives
        return total > 0 ? Double(2 * truePositives) / Double(total) : nil
    }
}
