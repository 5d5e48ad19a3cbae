import ArgumentParser
import SlipwayData
import SlipwayRegistry

/// Lists models, or the versions of one.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the models with what is live and what is newest, or all versions of one.",
        discussion: "Example:  slipway model list churn")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of a model; without it, all models are listed.") var model: String?

    func run() async throws {
        let platform = try options.platform()
        let store = platform.registry.store
        let environments = platform.project.environments.keys.sorted()
        var champions: [String: [Deployment]] = [:]
        for environment in environments {
            for deployment in try store.deployments(in: environment) {
                champions[deployment.model, default: []].append(deployment)
            }
        }
        let names = try model.map { [$0] } ?? store.models()
        var versions: [ModelVersion] = []
        for name in names {
            let found = try store.versions(of: name)
            if found.isEmpty { _ = try platform.latest(of: name) }
            let deployed = Set(
                (champions[name] ?? []).flatMap { [$0.champion] + [$0.challenger?.version].compactMap { $0 } })
            versions += model == nil ? found.filter { $0 == found.last || deployed.contains($0.number) } : found
        }
        try write(versions, champions)
    }

    private func write(_ versions: [ModelVersion], _ champions: [String: [Deployment]]) throws {
        if options.json {
            let list = versions.map { version -> JSONValue in
                var members = VersionText.json(of: version)
                members["champion_in"] = .array(environments(of: version, champions).map(JSONValue.string))
                members["challenger_in"] = .array(trials(of: version, champions).map { .string($0.environment) })
                return .object(members)
            }
            try Terminal.print(.object(["versions": .array(list)]))
        } else if versions.isEmpty {
            try Terminal.print("There is no model yet. Push one: slipway model push model.onnx --name churn")
        } else {
            let rows = versions.map { version in
                [
                    version.reference, version.digest.short, version.createdAt.description, version.createdBy,
                    environments(of: version, champions).joined(separator: ", "),
                    trials(of: version, champions).map { "\($0.environment) (\($0.mode.rawValue))" }
                        .joined(separator: ", "),
                ]
            }
            let columns: [TextTable.Column] = [
                "version", "package", "registered", "by", "champion in", "challenger in",
            ]
            try Terminal.print(TextTable(columns, rows: rows).text)
        }
    }

    private func trials(
        of version: ModelVersion, _ deployments: [String: [Deployment]]
    ) -> [(environment: String, mode: Challenger.Mode)] {
        (deployments[version.model] ?? []).compactMap { deployment in
            guard let challenger = deployment.challenger, challenger.version == version.number else { return nil }
            return (deployment.environment, challenger.mode)
        }
    }

    private func environments(of version: ModelVersion, _ champions: [String: [Deployment]]) -> [String] {
        (champions[version.model] ?? []).filter { $0.champion == version.number }.map(\.environment)
    }
}
