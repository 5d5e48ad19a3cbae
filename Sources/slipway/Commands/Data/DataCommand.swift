import ArgumentParser

/// The commands on data: snapshots to train on, and feature views to predict from.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Take snapshots, replicate feature views, and look for personal data.",
        subcommands: [
            ReplicateCommand.self, DataListCommand.self, SnapshotCommand.self, DataDiffCommand.self, VerifyCommand.self,
            ScanCommand.self,
        ])
}
