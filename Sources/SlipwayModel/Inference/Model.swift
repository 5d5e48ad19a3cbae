public import SlipwayData

/// A signature and a loaded graph: rows in, predictions out.
///
/// This is the one path that scoring, serving, checks, and evaluation share, so that a model gives one answer.
public struct Model: Sendable {
    /// What the model reads and writes.
    public private(set) var signature: Signature
    /// The graph, loaded by some engine.
    public let predictor: any Predictor
    private let encoder: InputEncoder
    private let layouts: [String: OutputLayout]
    private let readsOneRow: Bool
    /// How it is called as another model is; `nil` for one that is called by its own signature.
    private var translation: SignatureTranslation?

    /// Joins a signature with a loaded graph.
    ///
    /// - Parameters:
    ///   - signature: The signature of the graph.
    ///   - graph: The graph, whose declared shapes rows are brought into.
    ///   - predictor: The same graph, loaded.
    public init(signature: Signature, graph: Graph, predictor: any Predictor) {
        self.signature = signature
        self.predictor = predictor
        encoder = InputEncoder(signature, for: graph.inputs)
        layouts = Dictionary(
            zip(graph.outputs.map(\.name), graph.outputLayouts), uniquingKeysWith: { first, _ in first })
        readsOneRow = graph.readsOneRow
        translation = nil
    }

    /// The same model, called as another one is.
    package func called(by translation: SignatureTranslation) -> Model {
        var model = self
        model.signature = translation.signature
        model.translation = translation
        return model
    }

    /// Loads a graph with the first engine that supports it.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` with every engine's reasons when none does.
    public init(
        signature: Signature, graph: Graph, engines: [any InferenceEngine]
    ) throws(ModelError) {
        var reasons: [String] = []
        for engine in engines {
            let predictor: any Predictor
            do throws(ModelError) {
                predictor = try engine.load(graph)
            } catch {
                // Asked only now, since an engine may have to do all the work of loading to answer.
                guard case .unsupported(let why) = engine.support(for: graph) else { throw error }
                reasons.append("\(engine.name): \(why.prefix(5).joined(separator: "; "))")
                continue
            }
            self.init(signature: signature, graph: graph, predictor: predictor)
            return
        }
        throw ModelError(.unsupportedModel, "no engine runs this model. \(reasons.joined(separator: ". "))")
    }

    /// Predicts rows of cells in the order of the signature's fields.
    public func predict(rows: [[Value]]) throws(ModelError) -> PredictionBatch {
        try batch(of: encoded(rows), rowCount: rows.count)
    }

    /// The tensors that the graph reads for rows of cells in the order of the signature's fields.
    package func encoded(_ rows: [[Value]]) throws(ModelError) -> [String: Tensor] {
        try encoder.tensors(of: translation?.rows(rows) ?? rows)
    }

    /// Predicts the rows of a table, by column name.
    public func predict(_ table: Table) throws(ModelError) -> PredictionBatch {
        try batch(of: encoder.tensors(of: table), rowCount: table.rowCount)
    }

    private func batch(of inputs: [String: Tensor], rowCount: Int) throws(ModelError) -> PredictionBatch {
        guard readsOneRow, rowCount > 1 else {
            return PredictionBatch(try answers(to: inputs, rowCount: rowCount), task: signature.task)
        }
        var all = try answers(to: inputs.mapValues { $0.row(0) }, rowCount: 1)
        for row in 1..<rowCount {
            let more = try answers(to: inputs.mapValues { $0.row(row) }, rowCount: 1)
            for index in all.indices {
                guard index < more.count, all[index].labels == more[index].labels,
                    all[index].tensor.appendRows(of: more[index].tensor)
                else {
                    throw ModelError(
                        .inferenceFailed, "output '\(all[index].name)' has another shape for row \(row + 1) than before"
                    )
                }
            }
        }
        return PredictionBatch(all, task: signature.task)
    }

    /// The outputs that depend on the rows, each with a first dimension that counts them.
    private func answers(to inputs: [String: Tensor], rowCount: Int) throws(ModelError) -> [PredictorOutput] {
        var answers: [PredictorOutput] = []
        for var output in try predictor.predict(inputs) {
            let layout = layouts[output.name] ?? .rows
            guard layout != .constant else { continue }
            output.tensor = try layout.rows(of: output, rowCount: rowCount)
            answers.append(output)
        }
        return translation?.answers(answers) ?? answers
    }
}
