public import SlipwayData

/// A signature and a loaded graph: rows in, predictions out.
///
/// This is the one path that scoring, serving, checks, and evaluation share, so that a model gives one answer.
public struct Model: Sendable {
    /// What the model reads and writes.
    public let signature: Signature
    /// The graph, loaded by some engine.
    public let predictor: any Predictor
    private let encoder: InputEncoder

    /// Joins a signature with a loaded graph.
    public init(signature: Signature, predictor: any Predictor) {
        self.signature = signature
        self.predictor = predictor
        encoder = InputEncoder(signature)
    }

    /// Loads a graph with the first engine that supports it.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` with every engine's reasons when none does.
    public init(
        signature: Signature, graph: Graph, engines: [any InferenceEngine]
    ) throws(ModelError) {
        var reasons: [String] = []
        for engine in engines {
            switch engine.support(for: graph) {
            case .supported:
                self.init(signature: signature, predictor: try engine.load(graph))
                return
            case .unsupported(let why):
                reasons.append("\(engine.name): \(why.prefix(5).joined(separator: "; "))")
            }
        }
        throw ModelError(.unsupportedModel, "no engine runs this model. \(reasons.joined(separator: ". "))")
    }

    /// Predicts rows of cells in the order of the signature's fields.
    public func predict(rows: [[Value]]) throws(ModelError) -> PredictionBatch {
        try batch(of: encoder.tensors(of: rows), rowCount: rows.count)
    }

    /// Predicts the rows of a table, by column name.
    public func predict(_ table: Table) throws(ModelError) -> PredictionBatch {
        try batch(of: encoder.tensors(of: table), rowCount: table.rowCount)
    }

    private func batch(of inputs: [String: Tensor], rowCount: Int) throws(ModelError) -> PredictionBatch {
        let outputs = try predictor.predict(inputs)
        for output in outputs where output.tensor.rowCount != rowCount {
            throw ModelError(
                .inferenceFailed,
                "output '\(output.name)' has \(output.tensor.rowCount) rows for \(rowCount) rows of input",
                hint: "Export the model with outputs whose first dimension counts rows.")
        }
        return PredictionBatch(outputs, task: signature.task)
    }
}
