import ArgumentParser

/// The commands on data: snapshots to train on, and feature views to predict from.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Take snapshots and replicate feature views.",
        subcommands: [ReplicateCommand.self, CompareCommand.self, ViewsCommand.self, SnapshotCommand.self])
}
