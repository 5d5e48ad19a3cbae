public import SlipwayData

/// All metrics of a model on rows whose outcome is known.
public struct Evaluation: Codable, Equatable, Sendable {
    /// The rows that count: predicted, and with a known outcome.
    public let rowCount: Int
    /// The rows left out: no outcome, no usable prediction, or an outcome that is none of the classes.
    public let skippedCount: Int
    /// The metrics that apply, by name.
    public let metrics: [String: MetricValue]

    private enum CodingKeys: String, CodingKey {
        case rowCount = "rows"
        case skippedCount = "skipped_rows"
        case metrics
    }

    /// Computes the metrics that apply to a task.
    ///
    /// - Parameters:
    ///   - task: What the model predicts. Without classes, those that occur count, in ascending order.
    ///   - predictions: The predicted class or number by row; for classes it may be empty when there are scores, and
    ///     the class with the highest score is taken then.
    ///   - scores: The scores by row, one for each class in the order of the task, or only that of the positive class.
    ///   - actual: What came true by row.
    /// - Precondition: Lengths agree.
    public init(task: Signature.Task, predictions: [Value], scores: [[Double]]? = nil, actual: [Value]) {
        precondition(predictions.isEmpty || predictions.count == actual.count, "predictions and outcomes differ")
        precondition(scores.map { $0.count == actual.count } ?? true, "scores and outcomes differ in length")
        switch task.kind {
        case .other:
            self.init(rowCount: 0, skippedCount: actual.count, metrics: [:])
        case .regression:
            self.init(regression: predictions, actual: actual)
        case .binary, .multiclass:
            let rows = ClassRows(task: task, predictions: predictions, scores: scores, actual: actual)
            self.init(task: task, rows: rows)
        }
    }

    /// The value of a metric; undefined for one that does not apply.
    public subscript(name: String) -> MetricValue {
        metrics[name] ?? .undefined(reason: "the metric '\(name)' does not apply to this model")
    }

    private init(rowCount: Int, skippedCount: Int, metrics: [String: MetricValue]) {
        self.rowCount = rowCount
        self.skippedCount = skippedCount
        self.metrics = metrics
    }

    private init(regression predictions: [Value], actual: [Value]) {
        let rows = zip(actual, predictions).compactMap { actual, predicted -> (Double, Double)? in
            guard let actual = actual.asNumber, let predicted = predicted.asNumber, actual.isFinite, predicted.isFinite
            else { return nil }
            return (actual, predicted)
        }
        let usable = RegressionPredictions(actual: rows.map(\.0), predicted: rows.map(\.1))
        self.init(
            rowCount: rows.count, skippedCount: actual.count - rows.count,
            metrics: Dictionary(
                uniqueKeysWithValues: MetricCatalog.regression.map { ($0.name, $0.evaluate(usable)) }))
    }

    private init(task: Signature.Task, rows: ClassRows) {
        let applying = task.kind == .binary ? MetricCatalog.binary : MetricCatalog.multiclass
        self.init(
            rowCount: rows.usable?.count ?? 0, skippedCount: rows.skippedCount,
            metrics: Dictionary(
                uniqueKeysWithValues: applying.map { metric in
                    (metric.name, rows.usable.map { metric.evaluate($0) } ?? .undefined(reason: rows.problem))
                }))
    }
}
