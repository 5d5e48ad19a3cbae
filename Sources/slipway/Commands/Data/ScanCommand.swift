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
    @Flag(help: "End with 1 when a column looks personal that no policy covers, as when a table cannot be read.")
    var strict = false

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
        let report = if let query { try await scan.report(on: query) } else { try await scan.report() }
        try show(report)
        let isOpen = strict && report.findings.contains { !$0.isCovered }
        if isOpen || !report.unread.isEmpty { throw ExitCode(Slipway.failedStatus) }
    }

    private func show(_ report: PersonalDataScan.Report) throws {
        guard !options.json else { return try Terminal.print(document(of: report)) }
        try show(report.findings)
        for (table, reason) in report.unread {
            try Terminal.print("not looked at: \(table): \(reason)", to: .error)
        }
    }

    private func show(_ findings: [PersonalDataScan.Finding]) throws {
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

    private func document(of report: PersonalDataScan.Report) -> JSONValue {
        let list = report.findings.map { finding -> JSONValue in
            var members: JSONObject = [
                "table": finding.table.map { .string($0) } ?? .null, "column": .string(finding.column.name),
                "kind": .string(finding.column.kind.rawValue), "proposal": .string(finding.column.proposal.text),
                "covered": .boolean(finding.isCovered),
            ]
            if case .values(let share) = finding.column.evidence { members["share"] = .number(share) }
            return .object(members)
        }
        let unread = report.unread.map { table, reason -> JSONValue in
            .object(["table": .string(table), "reason": .string(reason)])
        }
        return .object(["source": .string(source), "columns": .array(list), "unread": .array(unread)])
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
