import ArgumentParser
import SlipwayAccess
import SlipwayData

/// Shows who made and revoked keys.
struct KeyAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show who made and revoked keys, when, and why.",
        discussion: "Example:  slipway key audit")

    @OptionGroup var options: ProjectOptions
    @Option(help: "The most entries to show.") var limit = 50

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit takes 1 to 10000") }
    }

    func run() async throws {
        let entries = try options.platform().keys.store.audit(limit: limit)
        if options.json {
            try Terminal.print(.object(["entries": .array(entries.map { .object(Self.json(of: $0)) })]))
            return
        }
        let rows = entries.map { entry in
            [
                entry.time.description, entry.actor, entry.action.rawValue, entry.keyID, entry.keyName,
                entry.detail ?? "",
            ]
        }
        try Terminal.print(TextTable(["time", "who", "action", "key", "name", "what"], rows: rows).text)
    }

    private static func json(of entry: AccessEntry) -> JSONObject {
        [
            "time": .string(entry.time.description), "actor": .string(entry.actor),
            "action": .string(entry.action.rawValue), "key": .string(entry.keyID), "name": .string(entry.keyName),
            "detail": entry.detail.map(JSONValue.string) ?? .null,
        ]
    }
}
