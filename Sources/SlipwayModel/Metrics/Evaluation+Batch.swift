public import SlipwayData

extension Evaluation {
    /// Computes the metrics of a prediction over rows whose outcome is known.
    public init(of batch: PredictionBatch, actual: Column) {
        self.init(
            task: batch.task, predictions: batch.predictions, scores: batch.allScores,
            actual: (0..<actual.count).map { actual[$0] })
    }

    /// The metrics in one line: `roc_auc 0.8432, log_loss 0.4121, …`; those that are undefined are left out.
    ///
    /// - Parameter kind: The kind of prediction, whose metrics come in order, the most telling first.
    public func summary(for kind: Signature.Task.Kind) -> String {
        let shown = MetricCatalog.names(for: kind).compactMap { name -> String? in
            guard let number = metrics[name]?.number else { return nil }
            return "\(name) \((number * 1e4).rounded() / 1e4)"
        }
        return shown.isEmpty ? "no metric could be computed" : shown.joined(separator: ", ")
    }
}

extension PredictionBatch {
    /// The predicted class or number of every row; empty when the model gives none.
    package var predictions: [Value] {
        let predictions = (0..<rowCount).compactMap(prediction(row:))
        return predictions.count == rowCount ? predictions : []
    }

    /// The scores of every row; `nil` when the model gives none.
    package var allScores: [[Double]]? {
        let scores = (0..<rowCount).compactMap(scores(row:))
        return scores.count == rowCount && !scores.isEmpty ? scores : nil
    }
}
