import ArgumentParser
import SlipwayData
import SlipwayRegistry

/// Takes the challenger of a model away.
struct WithdrawCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Take the challenger away; the champion answers all calls again.",
        discussion: "Example:  slipway model withdraw churn")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the model.") var model: String
    @Option(name: .customLong("in"), help: "The environment.") var environment = Platform.defaultEnvironment
    @Option(help: "Why, for the audit log.") var reason: String?

    func run() async throws {
        let platform = try options.platform()
        _ = try platform.project.environment(named: environment)
        let (challenger, deployment) = try platform.registry.withdraw(
            model, in: environment, by: ProjectOptions.actor, reason: reason)
        if options.json {
            try Terminal.print(.object(ChallengerText.json(of: deployment)))
        } else {
            try Terminal.print(
                "\(model)@\(challenger.version) is withdrawn; \(model)@\(deployment.champion) answers all calls in "
                    + "\(environment).")
        }
    }
}
