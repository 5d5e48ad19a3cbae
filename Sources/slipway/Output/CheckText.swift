import SlipwayData
import SlipwayModel
import SlipwayRegistry

/// How commands show checks and gates.
enum CheckText {
    /// Checks as a table.
    static func table(of results: [CheckResult]) -> String {
        TextTable(["check", "result", "why"], rows: results.map { [$0.name, $0.word, $0.reason] }).text
    }

    /// A gate report as text: checks, conditions, and the verdict.
    static func text(of report: GateReport, environment: String) -> String {
        var text = table(of: report.checks + report.conditions)
        let compared = report.champion.map { "compared with \(report.version.model)@\($0)" } ?? "no champion yet"
        text +=
            report.holds
            ? "\nThe gate of \(report.version.reference) for \(environment) holds (\(compared))."
            : "\nThe gate of \(report.version.reference) for \(environment) does not hold (\(compared))."
        return text
    }

    /// Checks as JSON.
    static func json(of results: [CheckResult]) -> JSONValue {
        .array(
            results.map { result in
                var members: JSONObject = [
                    "name": .string(result.name), "result": .string(result.word), "reason": .string(result.reason),
                ]
                if let parity = result.parity { members["parity"] = .object(json(of: parity)) }
                return .object(members)
            })
    }

    /// A comparison of engines as JSON members; a difference that no number tells is `null`.
    private static func json(of report: ParityReport) -> JSONObject {
        var members: JSONObject = [
            "golden_rows": .integer(Int64(report.goldenRowCount)),
            "edge_rows": .integer(Int64(report.edgeRowCount)),
            "boundaries": .integer(Int64(report.boundaryCount)),
            "rows_within_rounding": .integer(Int64(report.roundingCount)),
            "pairs": .array(
                report.pairs.map { pair in
                    .object([
                        "engines": .array(pair.engines.map { .string($0) }),
                        "largest_difference": number(pair.largestDifference),
                        "row": pair.row.map { .string($0) } ?? .null,
                    ])
                }),
        ]
        if let disagreement = report.disagreement {
            members["disagreement"] = .object([
                "engines": .array(disagreement.engines.map { .string($0) }),
                "row": .string(disagreement.row),
                "field": disagreement.field.map { .string($0) } ?? .null,
                "output": .string(disagreement.output),
                "answers": .array(disagreement.answers.map { .string($0) }),
                "difference": number(disagreement.difference),
                "node": disagreement.node.map { .string($0) } ?? .null,
            ])
        }
        return members
    }

    private static func number(_ difference: Double) -> JSONValue { difference.isFinite ? .number(difference) : .null }

    /// A gate report as JSON members.
    static func json(of report: GateReport) -> JSONObject {
        var members = VersionText.json(of: report.version)
        members["champion"] = report.champion.map { .integer(Int64($0)) } ?? .null
        members["holds"] = .boolean(report.holds)
        members["checks"] = json(of: report.checks)
        members["conditions"] = json(of: report.conditions)
        return members
    }
}
