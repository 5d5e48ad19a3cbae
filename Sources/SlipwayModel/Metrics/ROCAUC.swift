/// The area under the receiver operating characteristic: how surely positive rows score above negative ones.
///
/// It is the Mann–Whitney statistic with average ranks for ties, `sklearn.metrics.roc_auc_score`. Scores need not be
/// probabilities.
public enum ROCAUC: Metric {
    /// The key in reports and gates.
    public static let name = "roc_auc"
    /// Larger is better.
    public static let higherIsBetter = true

    /// Computes the area; undefined unless both classes came true.
    ///
    /// - Complexity: O(n log n).
    public static func evaluate(_ predictions: ClassPredictions) -> MetricValue {
        guard predictions.count > 0 else { return ClassPredictions.noRows }
        guard let scores = predictions.positiveScores else { return .undefined(reason: "the model gives no scores") }
        return area(isPositive: predictions.isPositive, scores: scores)
    }

    /// Computes the area from scores and truth by row.
    public static func area(isPositive: [Bool], scores: [Double]) -> MetricValue {
        let positives = isPositive.count(where: \.self)
        let negatives = isPositive.count - positives
        guard positives > 0, negatives > 0 else { return .undefined(reason: "all rows are of one class") }
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        // Twice the ranks, which keeps the averages of ties whole and the sum exact.
        var doubledRankSum = 0
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
            doubledRankSum += order[start..<end].count { isPositive[$0] } * (start + 1 + end)
            start = end
        }
        let doubledStatistic = doubledRankSum - positives * (positives + 1)
        return MetricValue(Double(doubledStatistic) / 2 / (Double(positives) * Double(negatives)))
    }
}
