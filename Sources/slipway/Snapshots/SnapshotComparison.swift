import Foundation
import SlipwayData
import SlipwayMonitoring

/// Two snapshots and how the later one differs.
struct SnapshotComparison: Sendable {
    /// The quantiles that are compared.
    static let shares: [(name: String, share: Double)] = [
        ("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95),
    ]
    /// The most categories that a line names.
    static let shownCategoryCountMax = 5

    /// The earlier one.
    var before: Snapshot
    /// The later one.
    var after: Snapshot
    /// How their rows differ.
    var difference: TableDifference

    /// How far the values of a column have moved: the population stability index, as monitors compute it.
    static func drift(of column: TableDifference.Column) -> DriftScore? {
        switch (column.before?.numeric, column.after?.numeric, column.before?.categorical, column.after?.categorical) {
        case (let before?, let after?, _, _):
            PopulationStabilityIndex().score(baseline: WeightedSample(before), current: WeightedSample(after))
        case (_, _, let before?, let after?):
            PopulationStabilityIndex().score(baseline: CategoryCounts(before), current: CategoryCounts(after))
        default: nil
        }
    }

    /// What happened to a column, in a word.
    static func change(of column: TableDifference.Column) -> String {
        switch (column.before, column.after) {
        case (nil, _): "added"
        case (_, nil): "removed"
        case (let before?, let after?) where before.type != after.type: "retyped"
        default: column.isChanged ? "changed" : "same"
        }
    }
}

extension SnapshotComparison {
    /// The comparison for programs.
    var document: JSONObject {
        [
            "before": .string(before.reference), "after": .string(after.reference),
            "identical": .boolean(before.digest == after.digest),
            "rows": .object([
                "before": .integer(Int64(difference.rowCountBefore)),
                "after": .integer(Int64(difference.rowCountAfter)),
            ]),
            "columns": .array(difference.columns.map { .object(Self.document(of: $0)) }),
        ]
    }

    private static func document(of column: TableDifference.Column) -> JSONObject {
        var members: JSONObject = [
            "name": .string(column.name), "change": .string(change(of: column)),
            "before": column.before.map { .object(figures(of: $0)) } ?? .null,
            "after": column.after.map { .object(figures(of: $0)) } ?? .null,
        ]
        if let drift = drift(of: column) {
            members["drift"] = .object([
                "test": .string(drift.test), "statistic": .number(drift.statistic),
                "threshold": .number(drift.threshold), "verdict": .string(drift.verdict.rawValue),
            ])
        }
        if let new = column.newCategories { members["new_categories"] = .array(new.map(JSONValue.string)) }
        if let lost = column.lostCategories { members["lost_categories"] = .array(lost.map(JSONValue.string)) }
        return members
    }

    private static func figures(of profile: ColumnProfile) -> JSONObject {
        var members: JSONObject = [
            "type": .string(profile.type.rawValue),
            "missing_share": profile.missingShare.map(JSONValue.number) ?? .null,
        ]
        if let numeric = profile.numeric {
            members["mean"] = numeric.count > 0 ? .number(numeric.mean) : .null
            members["standard_deviation"] = numeric.standardDeviation.map(JSONValue.number) ?? .null
            members["minimum"] = numeric.minimum.map(JSONValue.number) ?? .null
            members["maximum"] = numeric.maximum.map(JSONValue.number) ?? .null
            for (name, share) in shares {
                members[name] = numeric.sketch.quantile(share).map(JSONValue.number) ?? .null
            }
        }
        if let categorical = profile.categorical {
            members["distinct"] = .integer(Int64(categorical.categories.count))
            members["distinct_is_exact"] = .boolean(categorical.otherCount == 0)
        }
        return members
    }
}

extension SnapshotComparison {
    /// The comparison for people.
    var text: String {
        let rows = "\(CountText.text(difference.rowCountBefore)) -> \(CountText.text(difference.rowCountAfter)) rows"
        let heading = "\(before.reference) -> \(after.reference): \(rows)"
        guard before.digest != after.digest else { return heading + ", the same rows\n" }
        let changed = difference.columns.filter(\.isChanged)
        guard !changed.isEmpty else { return heading + ", and no column whose figures changed\n" }
        var table = TextTable("column", "change", "figure", .number("before"), .number("after"))
        for column in changed {
            for (index, line) in Self.lines(of: column).enumerated() {
                table.append([index == 0 ? column.name : "", index == 0 ? Self.change(of: column) : ""] + line)
            }
        }
        let same = difference.columns.count - changed.count
        let rest = same > 0 ? "\n\(CountText.text(same)) columns with the same figures\n" : ""
        return "\(heading)\n\n\(table.text)\(rest)"
    }

    /// The figures of a column that differ, each with its name.
    private static func lines(of column: TableDifference.Column) -> [[String]] {
        var lines = figures(of: column).filter { $0[1] != $0[2] }
        if let drift = drift(of: column) {
            let verdict = drift.verdict == .drifted ? "drifted" : "stable"
            lines.append(["drift (\(drift.test))", "", "\(figure(drift.statistic)) \(verdict)"])
        }
        if let new = column.newCategories, !new.isEmpty { lines.append(["new", "", shown(new)]) }
        if let lost = column.lostCategories, !lost.isEmpty { lines.append(["lost", shown(lost), ""]) }
        return lines.isEmpty ? [["values", "", ""]] : lines
    }

    private static func figures(of column: TableDifference.Column) -> [[String]] {
        func line(_ name: String, _ text: (ColumnProfile) -> String?) -> [String] {
            [name, column.before.flatMap(text) ?? "", column.after.flatMap(text) ?? ""]
        }
        func number(_ name: String, _ value: @escaping (NumericProfile) -> Double?) -> [String] {
            line(name) { $0.numeric.flatMap(value).map(figure) }
        }
        return [
            line("type") { $0.type.rawValue },
            line("missing") { $0.missingShare.map { "\(figure($0 * 100)) %" } },
            number("mean") { $0.count > 0 ? $0.mean : nil }, number("minimum", \.minimum),
        ] + shares.map { share in number(share.name) { $0.sketch.quantile(share.share) } } + [
            number("maximum", \.maximum),
            line("distinct") { profile in
                profile.categorical.map {
                    ($0.otherCount > 0 ? "over " : "") + CountText.text($0.categories.count)
                }
            },
        ]
    }

    /// A number with six digits that matter: two snapshots may differ by little.
    private static func figure(_ number: Double) -> String { String(format: "%.6g", number) }

    private static func shown(_ categories: [String]) -> String {
        let rest = categories.count - shownCategoryCountMax
        return categories.prefix(shownCategoryCountMax).joined(separator: ", ") + (rest > 0 ? ", \(rest) more" : "")
    }
}
