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
        let outcome = try await replicate(on: try options.platform())
        let previous = outcome.previous
        if options.json {
            try Terminal.print(
                .object([
                    "view": .string(view), "environment": .string(environment),
                    "rows": .integer(Int64(outcome.rowCount)), "digest": .string(outcome.generation.digest.hex),
                    "previous_rows": previous.map { .integer(Int64($0.rowCount)) } ?? .null,
                    "unchanged": .boolean(outcome.isUnchanged), "seconds": .number(outcome.duration / .seconds(1)),
                ]))
        } else {
            let before = previous.map { ", \(CountText.text($0.rowCount)) before" } ?? ""
            try Terminal.print(
                "\(view): \(CountText.text(outcome.rowCount)) rows in \(environment)\(before), "
                    + "replicated and verified in \(HumanText.duration(outcome.duration))")
        }
    }

    private func replicate(on platform: Platform) async throws -> ReplicationOutcome {
        let configuration = try platform.project.feature(named: view)
        let source = try platform.source(named: configuration.source)
        let store = try platform.featureStore(of: environment)
        let digest = try platform.keyedDigest(for: configuration)
        return try await Replication(
            view: configuration.featureView, source: source, store: store, keyedDigest: digest
        ).run()
    }
}
