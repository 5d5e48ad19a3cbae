import ArgumentParser
import SlipwayData
import SlipwayPipelines
import SlipwayRegistry

/// Trains a model anew and promotes it if its gate holds.
struct RetrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrain", abstract: "Train a model on fresh data, and promote it if its gate holds.",
        discussion: """
            Example:  slipway retrain churn
            Example:  slipway retrain churn --snapshot churn@3fa9

            The training command of slipway.yaml reads the rows at $SLIPWAY_SNAPSHOT and writes $SLIPWAY_MODEL_OUTPUT.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the model.") var model: String
    @Option(name: .customLong("to"), help: "The environment.") var environment = Platform.defaultEnvironment

    @Option(help: "Train on this snapshot (churn@3fa9) in place of a fresh one.") var snapshot: String?

    func run() async throws {
        let reference = try snapshot.map(SnapshotReference.init(parsing:))
        let retraining = try Retraining(platform: try options.platform(), model: model)
        let isQuiet = options.json
        let outcome = try await retraining.run(on: reference, in: environment, by: ProjectOptions.actor) { line in
            try Terminal.print(line, to: isQuiet ? .error : .output)
        }
        let version = outcome.push.version.reference
        let isPromoted = outcome.promotion.deployment != nil
        if options.json {
            var members = CheckText.json(of: outcome.promotion.report)
            members["promoted"] = .boolean(isPromoted)
            members["snapshot"] = .string(outcome.rows.snapshot.digest.hex)
            members["snapshot_reference"] = .string(outcome.rows.snapshot.reference)
            members["training_seconds"] = .number(outcome.trainingDuration / .seconds(1))
            try Terminal.print(.object(members))
        } else {
            try Terminal.print(CheckText.text(of: outcome.promotion.report, environment: environment))
            try Terminal.print(
                isPromoted
                    ? "\(version) is champion in \(environment)."
                    : "\(version) was refused; the champion of \(environment) is unchanged.")
        }
        if !isPromoted { throw ExitCode(Slipway.failedStatus) }
    }
}
