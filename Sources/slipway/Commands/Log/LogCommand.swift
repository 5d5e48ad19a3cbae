import ArgumentParser

/// The commands on the prediction log.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show, export, compact, and prune the prediction log.",
        subcommands: [LogShowCommand.self, LogExportCommand.self, LogCompactCommand.self, LogPruneCommand.self])
}
