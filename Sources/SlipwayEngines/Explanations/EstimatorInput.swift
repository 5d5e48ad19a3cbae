import SlipwayData
import SlipwayModel

/// The part of a graph before its estimator: rows of cells in, columns of numbers out.
struct EstimatorInput: Sendable {
    private let encoder: InputEncoder
    private let value: String
    /// The nodes before the estimator; `nil` when it reads an input of the graph as it is.
    private let runner: RowRunner?

    /// Cuts a graph where the estimator reads, and loads what lies before.
    ///
    /// - Throws: ``ModelError`` when the native engine does not cover that part.
    init(_ graph: Graph, signature: Signature, value: String) throws(ModelError) {
        encoder = InputEncoder(signature, for: graph.inputs)
        self.value = value
        if graph.inputs.contains(where: { $0.name == value }) {
            runner = nil
        } else {
            let predictor = try NativeEngine().load(graph.cut(to: [value]))
            runner = RowRunner(graph, signature: signature, predictor: predictor)
        }
    }

    /// The numbers that the estimator reads for some rows, row-major, in the precision in which it compares them.
    ///
    /// Whatever is not in double precision is rounded to single precision, as estimators do.
    func columns(of rows: [[Value]]) throws(ModelError) -> (numbers: [Double], width: Int) {
        guard let tensor = try tensor(of: rows), tensor.shape.count == 2, tensor.rowCount == rows.count,
            let numbers = tensor.asDoubles
        else {
            throw ModelError(.inferenceFailed, "'\(value)' does not hold a row of numbers for each row")
        }
        return (tensor.elementType == .float64 ? numbers : numbers.map { Double(Float($0)) }, tensor.width)
    }

    private func tensor(of rows: [[Value]]) throws(ModelError) -> Tensor? {
        guard let runner else { return try encoder.tensors(of: rows)[value] }
        return try runner.outputs(of: rows).first?.tensor
    }
}
