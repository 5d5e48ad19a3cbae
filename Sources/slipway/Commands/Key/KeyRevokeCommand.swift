import ArgumentParser
import SlipwayAccess
import SlipwayData

/// Takes a key back.
struct KeyRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Take a key back; servers refuse it within a second.",
        discussion: "Example:  slipway key revoke billing --reason 'the application is gone'")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name or the id of the key.") var key: String
    @Option(help: "Why, for the audit log.") var reason: String?

    func run() async throws {
        let revoked = try options.platform().keys.revoke(key, by: ProjectOptions.actor, reason: reason)
        if options.json {
            try Terminal.print(.object(APIKeyText.json(of: revoked, at: .now())))
        } else {
            try Terminal.print("Key \(revoked.name) (\(revoked.id)) is revoked.")
        }
    }
}
