import ArgumentParser
import SlipwayData
import SlipwayFeatures

/// Brings the rows of a feature view into the serving store of an environment.
struct ReplicateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicate", abstract: "Bring the rows of a feature view into the serving store.",
        discussion: "Example:  slipway data replicate customers")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the feature view.") var view: String
    @Option(name: .customLong("to"), help: "The environment.") var environment = Platform.defaultEnvironment

    func run() async throws {
        let platform = try options.platform()
        let configuration = try platform.project.feature(named: view)
        let replication = Replication(
            view: configuration.featureView, source: try platform.source(named: configuration.source),
            store: try platform.featureStore(of: environment), keyedDigest: try platform.keyedDigest(for: configuration)
        )
        let outcome = try await replication.run()
        if options.json {
            try Terminal.print(
                .object([
                    "view": .string(view), "environment": .string(environment),
                    "rows": .integer(Int64(outcome.rowCount)), "digest": .string(outcome.generation.digest.hex),
                    "previous_rows": outcome.previousRowCount.map { .integer(Int64($0)) } ?? .null,
                    "unchanged": .boolean(outcome.isUnchanged), "seconds": .number(outcome.duration / .seconds(1)),
                ]))
        } else {
            let before = outcome.previousRowCount.map { ", \(HumanText.count($0)) before" } ?? ""
            try Terminal.print(
                "\(view): \(HumanText.count(outcome.rowCount)) rows in \(environment)\(before), "
                    + "replicated and verified in \(HumanText.duration(outcome.duration))")
        }
    }
}
