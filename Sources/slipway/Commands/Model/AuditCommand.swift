import ArgumentParser
import SlipwayData
import SlipwayRegistry

/// Shows who did what to the models, when, and why.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who did what to the models, when, and why.",
        discussion: "Example:  slipway model audit churn")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of a model; without it, all are shown.") var model: String?
    @Option(help: "The most entries to show.") var limit = 50

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
    }

    func run() async throws {
        let platform = try options.platform()
        if let model { _ = try platform.latest(of: model) }
        let entries = try platform.registry.store.audit(model: model, limit: limit)
        if options.json {
            try Terminal.print(.object(["entries": .array(entries.map { .object(Self.json(of: $0)) })]))
            return
        }
        let rows = entries.map { entry in
            [
                entry.time.description, entry.actor, entry.action.rawValue,
                entry.version.map { "\(entry.model)@\($0)" } ?? entry.model, entry.environment ?? "",
                entry.reason ?? "",
            ]
        }
        try Terminal.print(TextTable(["time", "who", "action", "version", "in", "why"], rows: rows).text)
    }

    private static func json(of entry: AuditEntry) -> JSONObject {
        [
            "time": .string(entry.time.description), "actor": .string(entry.actor),
            "action": .string(entry.action.rawValue), "model": .string(entry.model),
            "version": entry.version.map { .integer(Int64($0)) } ?? .null,
            "environment": entry.environment.map(JSONValue.string) ?? .null,
            "reason": entry.reason.map(JSONValue.string) ?? .null,
        ]
    }
}
