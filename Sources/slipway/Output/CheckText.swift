import SlipwayData
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
            results.map {
                .object(["name": .string($0.name), "result": .string($0.word), "reason": .string($0.reason)])
            })
    }

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
