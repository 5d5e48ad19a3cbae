public import SlipwayData

/// A few rows with the answers that the model gave when it was packaged.
///
/// A check predicts them again with every engine, so that an engine that comes to answer otherwise is caught.
public struct GoldenRows: Codable, Equatable, Sendable {
    /// The most rows that are kept.
    public static let rowCountMax = 64

    /// The answers of one output.
    public struct Answer: Codable, Equatable, Sendable {
        /// The name of the graph output.
        public var output: String
        /// The elements of all rows in row-major order.
        public var values: [Value]

        /// Makes an answer.
        public init(output: String, values: [Value]) {
            self.output = output
            self.values = values
        }
    }

    /// The engine that gave the answers.
    public var engine: String
    /// The rows, cells in the order of the signature's fields.
    public var rows: [[Value]]
    /// The answers per output.
    public var answers: [Answer]

    /// Makes golden rows.
    public init(engine: String, rows: [[Value]], answers: [Answer]) {
        self.engine = engine
        self.rows = rows
        self.answers = answers
    }

    /// Predicts rows and keeps them with their answers.
    public init(rows: [[Value]], answeredBy model: Model) throws(ModelError) {
        let batch = try model.predict(rows: rows)
        self.init(
            engine: model.predictor.engineName, rows: rows,
            answers: batch.outputs.map { output in
                Answer(output: output.name, values: (0..<output.tensor.count).map(output.tensor.value(at:)))
            })
    }

    /// The first difference between these answers and those of a prediction, or `nil` when they agree.
    ///
    /// - Parameter tolerance: The relative difference allowed between numbers; see ``ParityReport/floor`` for small ones.
    public func difference(from batch: PredictionBatch, tolerance: Double = 1e-5) -> String? {
        for answer in answers {
            guard let output = batch[output: answer.output] else { return "output '\(answer.output)' is absent" }
            guard output.tensor.count == answer.values.count else {
                return "output '\(answer.output)' has \(output.tensor.count) values, not \(answer.values.count)"
            }
            for (index, expected) in answer.values.enumerated() {
                let actual = output.tensor.value(at: index)
                guard !Self.agree(expected, actual, tolerance) else { continue }
                let row = index / max(1, output.tensor.width)
                return "row \(row + 1) of '\(answer.output)' is \(actual.text), not \(expected.text)"
            }
        }
        return nil
    }

    private static func agree(_ expected: Value, _ actual: Value, _ tolerance: Double) -> Bool {
        // JSON has no infinity: what is not finite was written as null, and agrees with whatever is not finite.
        if expected.isMissing || expected.asNumber?.isFinite == false {
            return actual.asNumber.map { !$0.isFinite } ?? actual.isMissing
        }
        guard let left = expected.asNumber, let right = actual.asNumber else { return expected.text == actual.text }
        guard right.isFinite else { return false }
        return ParityReport.difference(left, right) <= tolerance
    }
}
