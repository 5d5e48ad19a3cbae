import ArgumentParser
import SlipwayData
import SlipwayFeatures

/// Lists the feature views that an environment holds.
struct ViewsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the feature views that an environment holds.",
        discussion: "Example:  slipway data list --in production")

    @OptionGroup var options: ProjectOptions
    @Option(name: .customLong("in"), help: "The environment.") var environment = Platform.defaultEnvironment

    func run() async throws {
        let platform = try options.platform()
        let views = try platform.featureStore(of: environment).liveGenerations()
        let now = Timestamp.now()
        let declared = platform.project.features.mapValues(\.featureView)
        func isStale(_ view: FeatureGeneration) -> Bool { declared[view.view]?.isStale(view, at: now) ?? false }
        if options.json {
            let list = views.map { view -> JSONValue in
                .object([
                    "view": .string(view.view), "key": .string(view.key), "rows": .integer(Int64(view.rowCount)),
                    "digest": .string(view.digest.hex), "age_seconds": .number(view.age(at: now) / .seconds(1)),
                    "stale": .boolean(isStale(view)),
                ])
            }
            try Terminal.print(.object(["views": .array(list)]))
            return
        }
        guard !views.isEmpty else {
            try Terminal.print("\(environment) holds no feature view yet. Bring one: slipway data replicate VIEW")
            return
        }
        var table = TextTable("view", "key", .number("rows"), "age", "digest")
        for view in views {
            let age = HumanText.duration(view.age(at: now)) + (isStale(view) ? ", stale" : "")
            table.append(view.view, view.key, CountText.text(view.rowCount), age, view.digest.short)
        }
        try Terminal.write(table.text)
    }
}
