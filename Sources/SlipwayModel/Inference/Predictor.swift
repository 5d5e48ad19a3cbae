/// A loaded graph that answers rows.
///
/// ## Contract for implementers
/// - ``predict(_:)`` may be called from many threads at once.
/// - The same inputs always give the same outputs, whatever ran before.
/// - Outputs come in the order of the graph; `ZipMap` outputs come as a matrix with ``PredictorOutput/labels``.
public protocol Predictor: Sendable {
    /// The name of the engine that loaded the graph.
    var engineName: String { get }

    /// Runs the graph once over all rows.
    ///
    /// - Parameter inputs: A tensor for each graph input by name; all have the same first dimension.
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for absent inputs or wrong types and shapes,
    ///   `inferenceFailed` when a node cannot be computed; the message names it.
    func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput]
}
