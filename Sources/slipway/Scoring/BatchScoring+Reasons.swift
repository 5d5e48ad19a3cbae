import SlipwayData
import SlipwayModel

extension BatchScoring {
    /// The rows that are explained at once.
    private static let explainedRowCount = 512

    /// The strongest reasons for the score of each row.
    ///
    /// - Parameter count: How many; a model with fewer fields has as many as it has fields.
    /// - Returns: The columns `reason_1`, `contribution_1` and so on, the strongest first: the field, and what it adds to
    ///   the score in the unit that the documentation of explanations names.
    /// - Throws: ``ModelError`` that names the column, or the row counted from 1.
    func reasons(_ count: Int, by explainer: any Explainer) throws -> Table {
        let rows = try model.signature.rows(of: table)
        var fields = Array(repeating: [String](), count: min(count, model.signature.inputs.count))
        var amounts = Array(repeating: [Double](), count: fields.count)
        for start in stride(from: 0, to: rows.count, by: Self.explainedRowCount) {
            let batch = Array(rows[start..<min(start + Self.explainedRowCount, rows.count)])
            for explanation in try explainer.explain(batch) {
                for (place, reason) in explanation.strongest(fields.count).enumerated() {
                    fields[place].append(reason.field)
                    amounts[place].append(reason.amount)
                }
            }
        }
        let columns = fields.indices.flatMap { place in
            [
                Column(name: "reason_\(place + 1)", values: .strings(fields[place])),
                Column(name: "contribution_\(place + 1)", values: .numbers(amounts[place])),
            ]
        }
        return try Table(columns: columns)
    }
}

extension Table {
    /// These columns with those of another table of as many rows behind them.
    func joining(_ other: Table) throws -> Table { try Table(columns: columns + other.columns) }
}
