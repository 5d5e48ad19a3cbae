import ArgumentParser
import SlipwayAccess
import SlipwayData

/// Lists the keys of a project.
struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys, without their secrets.",
        discussion: "Example:  slipway key list")

    @OptionGroup var options: ProjectOptions

    func run() async throws {
        let keys = try options.platform().keys.store.keys()
        let now = Timestamp.now()
        if options.json {
            try Terminal.print(.object(["keys": .array(keys.map { .object(APIKeyText.json(of: $0, at: now)) })]))
            return
        }
        let rows = keys.map { key in
            [
                key.id, key.name, key.state(at: now).rawValue, APIKeyText.scopes(of: key),
                key.rateLimit.map { "\(TokenBucket.text(of: $0))/s" } ?? "", key.createdAt.description, key.createdBy,
                (key.revokedAt ?? key.expiresAt)?.description ?? "",
            ]
        }
        let columns: [TextTable.Column] = ["id", "name", "state", "for", "rate", "made", "by", "until"]
        try Terminal.print(TextTable(columns, rows: rows).text)
    }
}
