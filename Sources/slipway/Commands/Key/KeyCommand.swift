import ArgumentParser

/// The commands on the keys by which applications prove who they are.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, list, and revoke the keys that applications call the server with.",
        discussion: """
            A key has a role on some models or on all of them. Each role may do all that the ones before it may:

              predict  ask for predictions, feed outcomes back
              view     read models, metadata, the API document, metrics
              operate  load and unload versions
              admin    everything

            Once a project has a key, its servers ask for one. Callers send it as

              Authorization: Bearer slw_…
            """,
        subcommands: [KeyCreateCommand.self, KeyListCommand.self, KeyRevokeCommand.self, KeyAuditCommand.self])
}
