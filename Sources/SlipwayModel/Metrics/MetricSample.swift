public import SlipwayData

/// Labelled predictions of which any metric can be computed, over all rows or over some.
///
/// Comparisons draw many subsets of the same rows; this type resolves classes and numbers once.
public struct MetricSample: Sendable {
    private enum Rows: Sendable {
        case classes(ClassPredictions)
        case numbers(RegressionPredictions)
    }

    private let rows: Rows
    private let kind: Signature.Task.Kind

    /// The number of rows.
    public var rowCount: Int {
        switch rows {
        case .classes(let rows): rows.count
        case .numbers(let rows): rows.count
        }
    }

    /// Joins predictions with what came true.
    ///
    /// - Returns: `nil` when the task has no metrics, or when a row lacks its outcome or a usable prediction, so that
    ///   rows of two samples over the same table always correspond.
    public init?(of batch: PredictionBatch, actual: Column) {
        let task = batch.task
        kind = task.kind
        let outcomes = (0..<actual.count).map { actual[$0] }
        switch task.kind {
        case .other: return nil
        case .regression:
            let truth = outcomes.compactMap(\.asNumber)
            let predicted = (0..<batch.rowCount).compactMap { batch.prediction(row: $0)?.asNumber }
            guard truth.count == actual.count, predicted.count == actual.count,
                (truth + predicted).allSatisfy(\.isFinite)
            else { return nil }
            rows = .numbers(RegressionPredictions(actual: truth, predicted: predicted))
        case .binary, .multiclass:
            let resolved = ClassRows(
                task: task, predictions: batch.predictions, scores: batch.allScores, actual: outcomes)
            guard let usable = resolved.usable, usable.count == actual.count else { return nil }
            rows = .classes(usable)
        }
    }

    /// The value of a metric over all rows, or over the given ones, which may repeat.
    ///
    /// - Complexity: O(rows), or O(rows · log rows) for metrics that sort.
    public func value(of metric: String, rows chosen: [Int]? = nil) -> MetricValue {
        switch rows {
        case .classes(let all):
            let catalog = kind == .binary ? MetricCatalog.binary : MetricCatalog.multiclass
            guard let type = catalog.first(where: { $0.name == metric }) else { return undefined(metric) }
            return type.evaluate(chosen.map(all.selecting) ?? all)
        case .numbers(let all):
            guard let type = MetricCatalog.regression.first(where: { $0.name == metric }) else {
                return undefined(metric)
            }
            return type.evaluate(chosen.map(all.selecting) ?? all)
        }
    }

    private func undefined(_ metric: String) -> MetricValue {
        .undefined(
            reason: "'\(metric)' does not apply; there are \(MetricCatalog.names(for: kind).joined(separator: ", "))")
    }
}

extension ClassPredictions {
    fileprivate func selecting(_ rows: [Int]) -> ClassPredictions {
        let width = classes.count
        return ClassPredictions(
            classes: classes, positive: positive, actual: rows.map { actual[$0] },
            predicted: rows.map { predicted[$0] },
            scores: scores.map { scores in rows.flatMap { scores[($0 * width)..<(($0 + 1) * width)] } })
    }
}

extension RegressionPredictions {
    fileprivate func selecting(_ rows: [Int]) -> RegressionPredictions {
        RegressionPredictions(actual: rows.map { actual[$0] }, predicted: rows.map { predicted[$0] })
    }
}
