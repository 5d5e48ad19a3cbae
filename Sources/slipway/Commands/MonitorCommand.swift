import ArgumentParser
import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayRegistry
import SlipwayServing

/// Reports what a model did, how far its inputs have moved, and how good its predictions were.
struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Report volume, latency, data quality, drift, and live accuracy of a model.",
        discussion: """
            Examples:
              slipway monitor churn
              slipway monitor churn --since 24h --json
              slipway monitor churn@3 --since 2026-11-01T00:00:00Z

            Without a version, all predictions are compared with the baseline of the champion. A challenger is compared \
            with the champion, and a canary whose accuracy is shown to break its guard is rolled back; --dry-run only \
            says so.
            """)

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Argument(help: "The model: churn, or churn@3 for the predictions of that version alone.") var model: String
    @Option(help: "The start: a time such as 2026-11-01T00:00:00Z, or how long ago, such as 24h.") var since: String?
    @Option(help: "The end, in the same forms.") var until: String?

    @Flag(help: "Roll no canary back, whatever its accuracy.") var dryRun = false

    func validate() throws {
        for (name, text) in [("--since", since), ("--until", until)] {
            if let text, Self.moment(text, now: .now()) == nil {
                throw ValidationError("\(name) takes a time such as 2026-11-01T00:00:00Z, or a duration such as 24h")
            }
        }
        let window = self.window
        if window.start >= window.end {
            throw ValidationError("--since must be before --until; it is \(window.start), and --until \(window.end)")
        }
    }

    func run() async throws {
        let platform = try options.platform()
        let reference = try ModelReference(parsing: model)
        let version = try platform.resolve(model, in: environment)
        let package = try platform.registry.package(of: version)
        var report = try MonitorReport(
            of: platform.logSegments(of: version.model, in: environment),
            model: version.model, signature: package.signature, baseline: package.baseline, window: window,
            version: reference.selector == .champion ? nil : version.number)
        let deployment = try platform.registry.store.deployment(of: version.model, in: environment)
        if let deployment { report.comparison = try comparison(in: deployment, package.signature.task, platform) }
        if options.json {
            try Terminal.print(try JSONValue(encoding: report))
        } else {
            try Terminal.write(report.text)
        }
        guard let deployment, let reason = report.comparison?.brokenGuard, !dryRun else { return }
        try platform.registry.rollBackChallenger(of: deployment, by: "slipway monitor", because: reason)
        try Terminal.print(
            "\(deployment.model)@\(deployment.challenger?.version ?? 0) broke its guard and was rolled back.",
            to: .error)
    }

    /// How the challenger does beside the champion since its trial began, within the window.
    private func comparison(
        in deployment: Deployment, _ task: Signature.Task, _ platform: Platform
    ) throws -> ChallengerComparison? {
        guard let challenger = deployment.challenger else { return nil }
        return try ChallengerComparison(
            of: platform.logSegments(of: deployment.model, in: environment), task: task,
            champion: deployment.champion, challenger: challenger.version,
            role: challenger.mode == .shadow ? .shadow : .challenger,
            window: TimeWindow(from: max(window.start, challenger.since), until: window.end),
            accuracyGuard: challenger.guardrail.accuracyGuard)
    }

    private var window: TimeWindow {
        let now = Timestamp.now()
        return TimeWindow(
            from: since.flatMap { Self.moment($0, now: now) } ?? .earliest,
            until: until.flatMap { Self.moment($0, now: now) } ?? .latest)
    }

    /// A moment written as such, or as how long ago it was.
    private static func moment(_ text: String, now: Timestamp) -> Timestamp? {
        if let moment = Timestamp(text) { return moment }
        guard let ago = DurationText.parse(text) else { return nil }
        return now.adding(milliseconds: -Int64(ago / .milliseconds(1)))
    }
}
