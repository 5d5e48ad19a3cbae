public import SlipwayData

/// The outputs of a prediction over some rows, and what they mean for the model's task.
public struct PredictionBatch: Sendable, Equatable {
    /// The outputs in the order of the graph; the first dimension of each counts rows.
    public let outputs: [PredictorOutput]
    /// The task that gives them meaning.
    public let task: Signature.Task

    /// Joins outputs with their task.
    public init(_ outputs: [PredictorOutput], task: Signature.Task) {
        self.outputs = outputs
        self.task = task
    }

    /// The output of a name, or `nil`.
    public subscript(output name: String?) -> PredictorOutput? {
        name.flatMap { name in outputs.first { $0.name == name } }
    }

    /// The number of rows.
    public var rowCount: Int { outputs.first?.tensor.rowCount ?? 0 }

    /// The predictions of some rows.
    ///
    /// - Precondition: The rows are within the batch.
    package func rows(_ rows: Range<Int>) -> PredictionBatch {
        PredictionBatch(
            outputs.map { PredictorOutput(name: $0.name, tensor: $0.tensor.rows(rows), labels: $0.labels) }, task: task)
    }

    /// The probability or score of each class for one row, as ``Signature/Task/scores(_:)`` orders them.
    public func scores(row: Int) -> [Double]? {
        guard let output = self[output: task.scoreOutput] else { return nil }
        let width = output.tensor.width
        let scores = (0..<width).compactMap { output.tensor.value(at: row * width + $0).asNumber }
        return scores.count == width ? task.scores(scores) : nil
    }

    /// The predicted class or number of one row.
    ///
    /// A classifier without a class output predicts the class of the highest score, the first one among equals.
    public func prediction(row: Int) -> Value? {
        if let output = self[output: task.predictionOutput], output.tensor.width == 1 {
            return output.tensor.value(at: row)
        }
        return task.predictedClass(by: scores(row: row))
    }

    /// The score of the positive class of one row, for a binary task.
    public func positiveScore(row: Int) -> Double? { task.positiveScore(among: scores(row: row)) }

    /// The outputs as a table: a column per output, `name_0 … name_{n-1}` for a width of n above 1.
    public func table() throws(DataError) -> Table {
        var columns: [Column] = []
        for output in outputs {
            let width = output.tensor.width
            for index in 0..<width {
                let name = width == 1 ? output.name : "\(output.name)_\(index)"
                columns.append(output.tensor.column(named: name, at: index))
            }
        }
        return try Table(columns: columns)
    }
}
