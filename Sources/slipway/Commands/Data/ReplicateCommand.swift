import ArgumentParser
import SlipwayData
import SlipwayFeatures

/// Brings the rows of a feature view into the serving store of an environment.
struct ReplicateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicate", abstract: "Bring the rows of a feature view into the serving store.",
        discussion: """
            The rows are written beside those that are live, verified, and switched to in one step. Those that were \
            live before are kept for --rollback.

            With --snapshot they are those of a snapshot, so that two environments get the very same ones; slipway data \
            verify proves it.

            Example:  slipway data replicate customers --to test
            Example:  slipway data replicate customers --to production --snapshot customers@3fa9
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the feature view.") var view: String
    @Option(name: .customLong("to"), help: "The environment.") var environment = Platform.defaultEnvironment

    @Option(help: "Take the rows of this snapshot: customers@3fa9, or customers for the latest one.") var snapshot:
        String?
    @Flag(help: "Make the rows live again that were live before.") var rollback = false

    func validate() throws {
        if rollback, snapshot != nil {
            throw ValidationError("--rollback brings back the rows before, so it goes with no --snapshot")
        }
    }

    func run() async throws {
        let reference = try snapshot.map(SnapshotReference.init(parsing:))
        let platform = try options.platform()
        guard !rollback else { return try await rollBack(on: platform) }
        let configuration = try platform.project.feature(named: view)
        let store = try platform.featureStore(of: environment)
        if let reference { return try show(try await platform.replicate(configuration, from: reference, into: store)) }
        switch try await platform.refresh(configuration, in: store) {
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
        let origin = outcome.generation.snapshotText.map { " from \($0)" } ?? ""
        try Terminal.print(
            "\(view): \(CountText.text(outcome.rowCount)) rows\(origin) in \(environment)\(before), "
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
            "digest": .string(copy.digest.hex), "snapshot": copy.snapshot.map(JSONValue.string) ?? .null,
        ]
    }

    /// Makes the copy before live again.
    private func rollBack(on platform: Platform) async throws {
        _ = try platform.project.feature(named: view)
        let store = try platform.featureStore(of: environment)
        guard let live = try store.live(view), let previous = try store.previous(view) else {
            throw FeatureError(
                .notReplicated, "\(environment) holds no copy of feature view '\(view)' before the one that is live",
                hint: "Replicate it again: slipway data replicate \(view) --to \(environment)")
        }
        try await store.activate(previous)
        guard !options.json else {
            var document = Self.members(of: previous, in: environment)
            document["previous_rows"] = .integer(Int64(live.rowCount))
            document["replicated_at"] = .string(previous.replicatedAt.description)
            return try Terminal.print(.object(document))
        }
        try Terminal.print(
            "\(view): \(CountText.text(previous.rowCount)) rows in \(environment) are live again, which are "
                + "\(HumanText.duration(previous.age(at: .now()))) old; \(CountText.text(live.rowCount)) before")
    }
}
