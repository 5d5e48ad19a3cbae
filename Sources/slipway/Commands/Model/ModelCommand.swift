import ArgumentParser

/// The commands on models and their versions.
struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Push, check, try, promote, and roll back models.",
        subcommands: [
            PushCommand.self, ListCommand.self, ShowCommand.self, CheckCommand.self, PromoteCommand.self,
            RollbackCommand.self, DeployCommand.self, WithdrawCommand.self, AuditCommand.self, ExportCommand.self,
        ])
}
