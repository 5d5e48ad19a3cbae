import ArgumentParser
import SlipwayData
import SlipwayFeatures

/// Lists the snapshots of a project, and the feature views that an environment holds.
struct DataListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List snapshots, and the feature views that an environment holds.",
        discussion: """
            Example:  slipway data list --in production
            Example:  slipway data list churn
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the snapshots; without it, all are listed, and the feature views.") var name: String?
    @Option(name: .customLong("in"), help: "The environment.") var environment = Platform.defaultEnvironment

    func run() async throws {
        let platform = try options.platform()
        let name = try name.map { try SnapshotReference(parsing: $0).name }
        let listing = name.map(platform.snapshots.listing(of:)) ?? platform.snapshots.listing()
        let latest = Set(
            Set(listing.snapshots.map(\.name)).compactMap { platform.snapshots.latest(of: $0)?.reference })
        let views = name == nil ? try platform.featureStore(of: environment).liveGenerations() : []
        if options.json {
            var document = JSONObject()
            if name == nil { document["views"] = .array(views.map { json(of: $0, on: platform) }) }
            document["snapshots"] = .array(
                listing.snapshots.map { snapshot in
                    var members = SnapshotText.json(of: snapshot)
                    members["latest"] = .boolean(latest.contains(snapshot.reference))
                    return .object(members)
                })
            document["damaged"] = .array(
                listing.broken.map { .object(["folder": .string($0.folder), "reason": .string($0.reason)]) })
            return try Terminal.print(.object(document))
        }
        if name == nil { try show(views, on: platform) }
        if listing.snapshots.isEmpty {
            try Terminal.print(
                "there are no snapshots\(name.map { " of \($0)" } ?? "") yet. "
                    + "Take one: slipway data snapshot \(name ?? "NAME")")
        } else {
            try Terminal.write((name == nil ? "\n" : "") + SnapshotText.table(of: listing.snapshots, latest: latest))
        }
        for broken in listing.broken { try Terminal.print("\(broken.folder) is damaged: \(broken.reason)", to: .error) }
    }

    private func isStale(_ copy: FeatureGeneration, on platform: Platform) -> Bool {
        platform.project.features[copy.view]?.featureView.isStale(copy, at: .now()) ?? false
    }

    private func json(of copy: FeatureGeneration, on platform: Platform) -> JSONValue {
        .object([
            "view": .string(copy.view), "key": .string(copy.key), "rows": .integer(Int64(copy.rowCount)),
            "digest": .string(copy.digest.hex), "age_seconds": .number(copy.age(at: .now()) / .seconds(1)),
            "stale": .boolean(isStale(copy, on: platform)),
        ])
    }

    private func show(_ views: [FeatureGeneration], on platform: Platform) throws {
        guard !views.isEmpty else {
            return try Terminal.print(
                "\(environment) holds no feature view yet. Bring one: slipway data replicate VIEW")
        }
        var table = TextTable("view", "key", .number("rows"), "age", "digest")
        for view in views {
            let age = HumanText.duration(view.age(at: .now())) + (isStale(view, on: platform) ? ", stale" : "")
            table.append(view.view, view.key, CountText.text(view.rowCount), age, view.digest.short)
        }
        try Terminal.write(table.text)
    }
}
