import ArgumentParser
import SlipwayAccess
import SlipwayData
import SlipwayRegistry

/// Makes a key and shows it once.
struct KeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a key and show it, once.",
        discussion: """
            Examples:
              slipway key create --name billing --role predict --model churn --expires 90d
              slipway key create --name prometheus --role view
              KEY=$(slipway key create --name website --role predict --rate-limit 50)

            The key alone goes to standard output; Slipway keeps no more than its digest. To change a key, make a new \
            one, then revoke the old one.
            """)

    @OptionGroup var options: ProjectOptions
    @Option(help: "What to call the key.") var name: String
    @Option(help: "What the key may do: predict, view, operate, or admin.", transform: Self.role) var role: Role
    @Option(name: .customLong("model"), help: "A model that the key is for, may be repeated; without it, all are.")
    var models: [String] = []
    @Option(help: "For how long the key is good, such as 90d or 12h; without it, until it is revoked.")
    var expires: String?
    @Option(help: "How many requests a second are answered; without it, any number.") var rateLimit: Double?

    private static func role(_ text: String) throws -> Role {
        guard let role = Role(rawValue: text) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("there is no role '\(text.prefix(40))'; the roles are \(roles)")
        }
        return role
    }

    func validate() throws {
        if let expires, DurationText.parse(expires) == nil {
            throw ValidationError("--expires takes a duration: \(DurationText.ruleWithLimit)")
        }
    }

    func run() async throws {
        let platform = try options.platform()
        let expiresAt = expires.flatMap(DurationText.parse).map { duration in
            Timestamp.now().adding(milliseconds: Int64(duration / .milliseconds(1)))
        }
        let scopes = models.isEmpty ? [Scope(role)] : models.map { Scope(role, model: $0) }
        let draft = KeyDraft(name: name, scopes: scopes, rateLimit: rateLimit, expiresAt: expiresAt)
        let (key, secret) = try platform.keys.create(draft, by: ProjectOptions.actor)
        let known = try platform.registry.store.models()
        for model in models where !known.contains(model) {
            let near = Spelling.nearest(to: model, among: known).map { " Did you mean '\($0)'?" } ?? ""
            try Terminal.print("There is no model '\(model)' yet.\(near)", to: .error)
        }
        if options.json {
            var members = JSONObject([("key", .string(secret.text))])
            for (name, value) in APIKeyText.json(of: key, at: .now()).members { members[name] = value }
            try Terminal.print(.object(members))
            return
        }
        try Terminal.print(secret.text)
        try Terminal.print(
            "Key \(key.name) (\(key.id)) is for \(APIKeyText.scopes(of: key)). It is shown this once: keep it safe.",
            to: .error)
    }
}
