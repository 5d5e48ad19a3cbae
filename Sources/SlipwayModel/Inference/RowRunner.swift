package import SlipwayData

/// A loaded graph that takes rows of cells as they are, below what the signature would refuse, and shows its outputs as
/// they are, below what a ``Model`` makes of them.
package struct RowRunner: Sendable {
    private let predictor: any Predictor
    private let encoder: InputEncoder
    private let readsOneRow: Bool

    /// Joins a loaded graph with the signature whose fields its rows have.
    ///
    /// - Parameters:
    ///   - graph: The whole graph, whose inputs say how rows go in.
    ///   - predictor: The same graph or a part of it, loaded.
    package init(_ graph: Graph, signature: Signature, predictor: any Predictor) {
        self.predictor = predictor
        encoder = InputEncoder(signature, for: graph.inputs)
        readsOneRow = graph.readsOneRow
    }

    /// The outputs for some rows as numbers, by name: the elements of all rows and how many each has.
    ///
    /// Outputs that are texts, or do not hold the same number of elements for every row, are left out.
    func numbers(of rows: [[Value]]) throws(ModelError) -> [String: (elements: [Double], width: Int)] {
        var all: [String: (elements: [Double], width: Int)] = [:]
        for output in try outputs(of: rows) {
            guard let numbers = output.tensor.asDoubles, !rows.isEmpty, numbers.count.isMultiple(of: rows.count)
            else { continue }
            all[output.name] = (numbers, numbers.count / rows.count)
        }
        return all
    }

    /// The inputs of the graph for some rows.
    func inputs(of rows: [[Value]]) throws(ModelError) -> [String: Tensor] { try encoder.tensors(of: rows) }

    /// The outputs for some rows; a graph that takes one row at a time is asked for one after the other.
    package func outputs(of rows: [[Value]]) throws(ModelError) -> [PredictorOutput] {
        guard readsOneRow, rows.count > 1 else { return try predictor.predict(encoder.tensors(of: rows)) }
        var all: [PredictorOutput] = []
        for row in rows {
            let one = try predictor.predict(encoder.tensors(of: [row]))
            if all.isEmpty {
                all = one
            } else {
                for index in all.indices { _ = all[index].tensor.appendRows(of: one[index].tensor) }
            }
        }
        return all
    }
}
