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

    /// What came of it: fresh rows, or those from before because the source failed.
    private enum Result {
        case replicated(ReplicationOutcome)
        case kept(FeatureGeneration, since: FeatureError)
    }

    func run() async throws {
        switch try await replicate(on: try options.platform()) {
        case .replicated(let outcome): try show(outcome)
        case .kept(let copy, let error): try show(copy, keptSince: error)
        }
    }

    private func show(_ outcome: ReplicationOutcome) throws {
        let previous = outcome.previous
        guard !options.json else {
            var document = Self.members(of: outcome.generation, in: environment)
            document["previous_rows"] = previous.map { .integer(Int64($0.rowCount)) } ?? .null
            document["unchanged"] = .boolean(outcome.isUnchanged)
            document["seconds"] = .number(outcome.duration / .seconds(1))
            document["stale"] = .boolean(false)
            return try Terminal.print(.object(document))
        }
        let before = previous.map { ", \(CountText.text($0.rowCount)) before" } ?? ""
        try Terminal.print(
            "\(view): \(CountText.text(outcome.rowCount)) rows in \(environment)\(before), "
                + "replicated and verified in \(HumanText.duration(outcome.duration))")
    }

    private func show(_ copy: FeatureGeneration, keptSince error: FeatureError) throws {
        guard !options.json else {
            var document = Self.members(of: copy, in: environment)
            document["unchanged"] = .boolean(true)
            document["stale"] = .boolean(true)
            document["reason"] = .string(error.message)
            return try Terminal.print(.object(document))
        }
        try Terminal.print("\(error.message)", to: .error)
        try Terminal.print(
            "\(view): \(CountText.text(copy.rowCount)) rows in \(environment) are kept, which are "
                + "\(HumanText.duration(copy.age(at: .now()))) old")
    }

    private static func members(of copy: FeatureGeneration, in environment: String) -> JSONObject {
        [
            "view": .string(copy.view), "environment": .string(environment), "rows": .integer(Int64(copy.rowCount)),
            "digest": .string(copy.digest.hex),
        ]
    }

    private func replicate(on platform: Platform) async throws -> Result {
        let configuration = try platform.project.feature(named: view)
        let policy = try platform.project.source(named: configuration.source).policy
        let source = try platform.source(named: configuration.source)
        let store = try platform.featureStore(of: environment)
        let digest = try platform.keyedDigest(for: configuration.privacy)
        let featureView = configuration.featureView
        let replication = Replication(
            view: featureView, source: source, store: store, ciphers: try platform.ciphers(for: configuration.privacy),
            keyedDigest: digest)
        let failure: FeatureError
        do {
            return .replicated(try await replication.run())
        } catch {
            failure = error
        }
        let mayKeep = policy.onFailure == .stale && failure.kind == .fetchFailed && failure.outlook != .lasting
        guard mayKeep, let copy = try store.live(view), !featureView.isStale(copy, at: .now()) else { throw failure }
        return .kept(copy, since: failure)
    }
}
