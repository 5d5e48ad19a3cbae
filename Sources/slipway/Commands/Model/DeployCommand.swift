import ArgumentParser
import SlipwayData
import SlipwayModel
import SlipwayRegistry

/// Sets a version beside the champion, in shadow or as a canary.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy", abstract: "Try a version beside the champion: in shadow, or as a canary.",
        discussion: """
            Examples:
              slipway model deploy churn@4 --shadow
              slipway model deploy churn@4 --canary 10% --key customer_id

            A shadow sees the calls and answers nobody; a canary answers a share of them, and is rolled back when it \
            breaks its guard. Shares may be raised by deploying the version again. slipway monitor compares the two.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The version: churn@4 or churn@latest.") var model: String
    @Flag(help: "Show it the calls; it answers nobody.") var shadow = false
    @Option(help: "Let it answer a share of the calls, such as 10%.", transform: Self.share) var canary: Double?
    @Option(help: "Of a shadow, the share of the calls that it sees.", transform: Self.share) var share: Double?
    @Option(help: "The field by whose value the share is taken, so that an entity always meets the same version.")
    var key: String?
    @Option(name: .customLong("to"), help: "The environment.") var environment = Platform.defaultEnvironment
    @Option(help: "Why, for the audit log.") var reason: String?
    @OptionGroup(title: "Guard of a canary") var guardrail: GuardrailOptions

    func validate() throws {
        guard shadow != (canary != nil) else { throw ValidationError("say either --shadow or --canary SHARE") }
        guard canary == nil || share == nil else { throw ValidationError("--share goes with --shadow") }
        guard !shadow || guardrail.isEmpty else { throw ValidationError("a shadow needs no guard: it answers nobody") }
    }

    func run() async throws {
        let platform = try options.platform()
        let version = try platform.resolve(model, in: environment)
        try checkKey(of: version, platform)
        let limits = guardrail.over(platform.project.models[version.model]?.guardrail ?? Guardrail())
        let trial = Registry.Trial(
            shadow ? .shadow : .canary, share: canary ?? share ?? 1, key: key, guardrail: limits)
        let deployment = try platform.registry.deploy(
            version, as: trial, in: environment, by: ProjectOptions.actor, reason: reason)
        guard let challenger = deployment.challenger else { return }
        if options.json {
            try Terminal.print(.object(ChallengerText.json(of: deployment)))
        } else {
            try Terminal.print(
                "\(version.reference) stands beside \(version.model)@\(deployment.champion) in \(environment): "
                    + "\(challenger.summary).")
        }
    }

    /// Refuses a key that no call can tell.
    private func checkKey(of version: ModelVersion, _ platform: Platform) throws {
        guard let key, key != platform.lookUpKey(of: version.model) else { return }
        let inputs = try platform.registry.package(of: version).signature.inputs.map(\.name)
        guard !inputs.contains(key) else { return }
        let known = [platform.lookUpKey(of: version.model)].compactMap { $0 } + inputs
        let near = Spelling.nearest(to: key, among: known)
        throw RegistryError(
            .notFound, "'\(key)' is neither a field of \(version.reference) nor the key of its features",
            hint: near.map { "Did you mean '\($0)'?" } ?? "There are \(known.joined(separator: ", ")).")
    }

    /// A share as `10%` or `0.1`.
    private static func share(_ text: String) throws -> Double {
        let isPercent = text.hasSuffix("%")
        guard let number = Double(isPercent ? String(text.dropLast()) : text) else {
            throw ValidationError("'\(text)' is no share; write one such as 10%")
        }
        let share = isPercent ? number / 100 : number
        guard share > 0, share <= 1 else { throw ValidationError("a share lies above 0% and goes up to 100%") }
        return share
    }
}
