import SlipwayData
public import SlipwayModel

/// How a version does on one group of its labelled examples.
public struct SliceFigures: Equatable, Sendable {
    /// The column by which the rows were grouped.
    public let column: String
    /// Its value in this group; empty where it is missing.
    public let value: String
    /// The rows of the group.
    public let rowCount: Int
    /// The metrics asked for, in order; `nil` for a group with too few rows to tell.
    public let values: [MetricValue]?

    /// The most groups of one column.
    public static let countMax = GateJudge.sliceCountMax

    /// Computes metrics for each group of a package's labelled examples.
    ///
    /// - Parameters:
    ///   - model: The package's model, loaded by any engine.
    ///   - metrics: The names of the metrics.
    ///   - columns: The columns; one that the examples lack, or with more than ``countMax`` values, is left out.
    /// - Returns: The groups by column and value, or none where the package has no labelled examples.
    /// - Complexity: That of predicting the examples, and of the metrics on each group.
    public static func all(
        of package: Package, model: Model, metrics: [String], by columns: [String]
    ) -> [SliceFigures] {
        guard let rows = try? LabelledRows(of: package, model: { model }) else { return [] }
        return columns.flatMap { name -> [SliceFigures] in
            guard let column = rows.table[name] else { return [] }
            let groups = Dictionary(grouping: 0..<rows.table.rowCount) { column[$0].text }
            guard groups.count <= countMax else { return [] }
            return groups.sorted { $0.key < $1.key }.map { value, members in
                SliceFigures(
                    column: name, value: value, rowCount: members.count,
                    values: members.count >= GateJudge.sliceRowCountMin
                        ? metrics.map { rows.sample.value(of: $0, rows: members) } : nil)
            }
        }
    }
}
