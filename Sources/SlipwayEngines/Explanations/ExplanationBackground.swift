import SlipwayData
import SlipwayModel

/// The rows that stand for what is not known of a row.
struct ExplanationBackground: Sendable {
    /// Where they come from.
    let source: Explanation.Background
    /// The cells in the order of the signature's fields; at least one row.
    let rows: [[Value]]

    /// Keeps rows; `nil` when there are none.
    init?(_ source: Explanation.Background, rows: [[Value]]) {
        guard !rows.isEmpty else { return nil }
        self.source = source
        self.rows = rows
    }

    /// The examples of a package, or else its golden rows; `nil` when it has neither.
    ///
    /// - Throws: What reading the examples throws.
    init?(_ package: Package) throws {
        if let table = try package.examples(), table.rowCount > 0 {
            self.init(.examples, rows: try package.signature.rows(of: table))
        } else {
            self.init(.golden, rows: package.golden?.rows ?? [])
        }
    }
}
