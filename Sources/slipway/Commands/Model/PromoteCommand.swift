import ArgumentParser
import SlipwayData
import SlipwayRegistry

/// Makes a version the champion of an environment, if its gate holds.
struct PromoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Make a version the champion of an environment, if its gate holds.",
        discussion: "Example:  slipway model promote churn@2 --to production")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The version: churn@3, churn@latest, or churn@challenger.") var model: String
    @Option(name: .customLong("to"), help: "The environment.") var environment: String
    @Option(help: "Why, for the audit log; needed with --force.") var reason: String?
    @Flag(help: "Promote although the gate refuses; the audit log says so.") var force = false

    func run() async throws {
        let platform = try options.platform()
        let version = try platform.resolve(model, in: environment)
        let promotion = try platform.registry.promote(
            version, to: environment, by: ProjectOptions.actor, reason: reason, force: force ? reason ?? "" : nil)
        if options.json {
            var members = CheckText.json(of: promotion.report)
            members["promoted"] = .boolean(promotion.deployment != nil)
            members["forced"] = .boolean(promotion.isForced)
            try Terminal.print(.object(members))
        } else {
            try Terminal.print(CheckText.text(of: promotion.report, environment: environment))
            switch (promotion.deployment, promotion.isForced) {
            case (nil, _): try Terminal.print("\(version.reference) was refused; the champion is unchanged.")
            case (_?, true): try Terminal.print("\(version.reference) is champion in \(environment), by force.")
            case (_?, false): try Terminal.print("\(version.reference) is champion in \(environment).")
            }
        }
        if promotion.deployment == nil { throw ExitCode(Slipway.failedStatus) }
    }
}
