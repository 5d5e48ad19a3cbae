import ArgumentParser
import SlipwayData
import SlipwayRegistry

/// Runs the checks of a version and the conditions of its gate, and changes nothing.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Run the checks and the gate of a version, without promoting it.",
        discussion: "Example:  slipway model check churn@1")

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment whose champion it is compared with.") var environment = Platform.defaultEnvironment
    @Argument(help: "The version: churn@3, churn@latest, or churn for the champion.") var model: String

    func run() async throws {
        let platform = try options.platform()
        let version = try platform.resolve(model, in: environment)
        let report = try platform.registry.judge(version, in: environment)
        if options.json {
            try Terminal.print(.object(CheckText.json(of: report)))
        } else {
            try Terminal.print(CheckText.text(of: report, environment: environment))
        }
        if !report.holds { throw ExitCode(Slipway.failedStatus) }
    }
}
