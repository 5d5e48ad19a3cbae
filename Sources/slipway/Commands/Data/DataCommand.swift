import ArgumentParser

/// The commands on data: snapshots to train on, and feature views to predict from.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Take snapshots, replicate feature views, and look for personal data.",
        subcommands: [ReplicateCommand.self, ViewsCommand.self, SnapshotCommand.self, ScanCommand.self])
}
