import ArgumentParser
import SlipwayData

/// Looks for columns of a source that look personal.
struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Point at columns that look personal, and propose policies.",
        discussion: """
            Looks at the names of columns and at the first rows of every table of a source, or of one query. What a \
            column holds is never shown.

            Example:  slipway data scan warehouse
            Example:  slipway data scan warehouse --query "select * from customers" --strict
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the source.") var source: String
    @Option(help: "Look at the rows of this query instead.") var query: String?
    @Option(help: "The rows of a table to look at.") var rows = PersonalDataScan.rowCountDefault
    @Flag(help: "End with 1 when a column looks personal that no view of the source covers.") var strict = false

    func validate() throws {
        guard (1...PersonalDataScan.rowCountMax).contains(rows) else {
            throw ValidationError("--rows takes 1 to \(PersonalDataScan.rowCountMax)")
        }
    }

    func run() async throws {
        let platform = try options.platform()
        let scan = PersonalDataScan(
            source: try platform.source(named: source), rowCount: rows,
            covered: platform.project.coveredColumns(of: source))
        let findings =
            if let query { try await scan.findings(in: query) } else { try await scan.findings() }
        try show(findings)
        if strict, findings.contains(where: { !$0.isCovered }) { throw ExitCode(Slipway.failedStatus) }
    }

    private func show(_ findings: [PersonalDataScan.Finding]) throws {
        guard !options.json else { return try Terminal.print(document(of: findings)) }
        guard !findings.isEmpty else { return try Terminal.print("\(source): no column looks personal") }
        var table = TextTable("table", "column", "looks like", "by", "propose")
        for finding in findings {
            table.append(
                finding.table ?? "", finding.column.name, finding.column.kind.text, finding.column.evidence.text,
                finding.isCovered ? "covered" : finding.column.proposal.text)
        }
        try Terminal.write(table.text)
        let open = findings.filter { !$0.isCovered }
        guard !open.isEmpty else { return }
        // YAML reads a name in JSON's quotes, whatever the name holds.
        let entries = Set(open.map { "\(JSONValue.string($0.column.name).text): \($0.column.proposal.text)" }).sorted()
        try Terminal.print("\nIn the feature view or the model:\n\n  privacy: { \(entries.joined(separator: ", ")) }")
    }

    private func document(of findings: [PersonalDataScan.Finding]) -> JSONValue {
        let list = findings.map { finding -> JSONValue in
            var members: JSONObject = [
                "table": finding.table.map { .string($0) } ?? .null, "column": .string(finding.column.name),
                "kind": .string(finding.column.kind.rawValue), "proposal": .string(finding.column.proposal.text),
                "covered": .boolean(finding.isCovered),
            ]
            if case .values(let share) = finding.column.evidence { members["share"] = .number(share) }
            return .object(members)
        }
        return .object(["source": .string(source), "columns": .array(list)])
    }
}

extension PersonalDataKind {
    fileprivate var text: String { rawValue.replacing("_", with: " ") }
}

extension PersonalColumn.Evidence {
    fileprivate var text: String {
        switch self {
        case .name: "its name"
        case .values(let share): "\(max(1, Int((share * 100).rounded()))) % of its values"
        }
    }
}
