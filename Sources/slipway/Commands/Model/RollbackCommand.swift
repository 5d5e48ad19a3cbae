import ArgumentParser
import SlipwayData
import SlipwayRegistry

/// Brings back the champion from before the last promotion.
struct RollbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Bring back the champion from before the last promotion.",
        discussion: "Example:  slipway model rollback churn --in production")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the model.") var model: String
    @Option(name: .customLong("in"), help: "The environment.") var environment: String
    @Option(help: "Why, for the audit log.") var reason: String?

    func run() async throws {
        let platform = try options.platform()
        _ = try platform.project.environment(named: environment)
        let deployment = try platform.registry.rollBack(
            model, in: environment, by: ProjectOptions.actor, reason: reason)
        if options.json {
            try Terminal.print(
                .object([
                    "model": .string(deployment.model), "environment": .string(environment),
                    "champion": .integer(Int64(deployment.champion)),
                ]))
        } else {
            try Terminal.print("\(deployment.model)@\(deployment.champion) is champion in \(environment) again.")
        }
    }
}
