import Foundation
import SlipwayData
import SlipwayModel

/// The part of a graph before its estimator: rows of cells in, columns of numbers out.
struct EstimatorInput: Sendable {
    private let encoder: InputEncoder
    private let value: String
    /// The nodes before the estimator, loaded; `nil` when it reads an input of the graph as it is.
    private let predictor: (any Predictor)?
    private let readsOneRow: Bool

    /// Cuts a graph where the estimator reads, and loads what lies before.
    ///
    /// - Throws: ``ModelError`` when the native engine does not cover that part.
    init(_ graph: Graph, signature: Signature, value: String) throws(ModelError) {
        encoder = InputEncoder(signature, for: graph.inputs)
        self.value = value
        readsOneRow = graph.readsSingleRow
        if graph.inputs.contains(where: { $0.name == value }) {
            predictor = nil
        } else {
            predictor = try NativeEngine().load(graph.cut(to: [value]))
        }
    }

    /// The numbers that the estimator reads for some rows, row-major, in the precision in which it compares them.
    ///
    /// Whatever is not in double precision is rounded to single precision, as estimators do.
    func columns(of rows: [[Value]]) throws(ModelError) -> (numbers: [Double], width: Int) {
        guard readsOneRow, rows.count > 1 else { return try columns(ofBatch: rows) }
        var all: (numbers: [Double], width: Int) = ([], 0)
        for row in rows {
            let one = try columns(ofBatch: [row])
            all.numbers += one.numbers
            all.width = one.width
        }
        return all
    }

    private func columns(ofBatch rows: [[Value]]) throws(ModelError) -> (numbers: [Double], width: Int) {
        let inputs = try encoder.tensors(of: rows)
        let tensor = try predictor?.predict(inputs).first?.tensor ?? inputs[value]
        guard let tensor, tensor.shape.count == 2, tensor.rowCount == rows.count, let numbers = tensor.asDoubles else {
            throw ModelError(.inferenceFailed, "'\(value)' does not hold a row of numbers for each row")
        }
        return (tensor.elementType == .float64 ? numbers : numbers.map { Double(Float($0)) }, tensor.width)
    }
}
