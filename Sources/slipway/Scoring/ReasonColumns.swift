import SlipwayData
import SlipwayModel

/// The strongest reasons for the score of each row, as columns `reason_1`, `contribution_1`, and so on.
struct ReasonColumns: Sendable {
    /// The rows that are explained at once.
    private static let batchRowCount = 512

    private let signature: Signature
    private let explainer: any Explainer
    private let count: Int

    /// - Parameter count: How many; a model with fewer fields has as many as it has fields.
    init(_ count: Int, of signature: Signature, by explainer: any Explainer) {
        self.signature = signature
        self.explainer = explainer
        self.count = min(count, signature.inputs.count)
    }

    /// The reasons for the rows of a table, the strongest first: the field, and what it adds to the score in the unit
    /// that the documentation of explanations names.
    ///
    /// - Throws: ``ModelError`` that names the column, or the row counted from 1.
    func columns(for table: Table) throws -> [Column] {
        let rows = try signature.rows(of: table)
        var fields = Array(repeating: [String](), count: count)
        var amounts = Array(repeating: [Double](), count: count)
        for start in stride(from: 0, to: rows.count, by: Self.batchRowCount) {
            let batch = Array(rows[start..<min(start + Self.batchRowCount, rows.count)])
            for explanation in try explainer.explain(batch) {
                for (place, reason) in explanation.strongest(count).enumerated() {
                    fields[place].append(reason.field)
                    amounts[place].append(reason.amount)
                }
            }
        }
        return fields.indices.flatMap { place in
            [
                Column(name: "reason_\(place + 1)", values: .strings(fields[place])),
                Column(name: "contribution_\(place + 1)", values: .numbers(amounts[place])),
            ]
        }
    }
}
