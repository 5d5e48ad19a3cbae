import ArgumentParser
import Foundation
import SlipwayData
import SlipwayModel
import SlipwayRegistry

/// Shows one version: its fields, outputs, metrics, lineage, and which engine runs it.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what a version reads, predicts, and comes from.",
        discussion: "Example:  slipway model show churn@1")

    @OptionGroup var options: ProjectOptions
    @Option(help: "Where to look for the champion.") var environment = Platform.defaultEnvironment
    @Argument(help: "The version: churn@3, churn@latest, or churn for the champion.") var model: String

    func run() async throws {
        let platform = try options.platform()
        let version = try platform.resolve(model, in: environment)
        let package = try platform.registry.package(of: version)
        if options.json {
            try Terminal.print(.object(try json(of: package, version)))
        } else {
            try Terminal.print("\(version.reference), package \(package.folder)\n")
            try Terminal.print(package.card() ?? "")
            try Terminal.print("## Engines\n")
            try Terminal.print(lines(of: engines(for: package)).joined(separator: "\n"))
        }
    }

    /// What each engine says of the model, in the order in which they are asked; the first that runs it answers.
    private func engines(for package: Package) -> [(name: String, support: EngineSupport)] {
        Engines.all.map { ($0.name, $0.support(for: package.graph)) }
    }

    private func lines(of engines: [(name: String, support: EngineSupport)]) -> [String] {
        let chosen = engines.first { $0.support == .supported }?.name
        return engines.flatMap { name, support in
            switch support {
            case .supported: [name == chosen ? "- \(name): runs it" : "- \(name): could run it as well"]
            case .unsupported(let reasons): ["- \(name): does not run it"] + reasons.map { "  - \($0)" }
            }
        }
    }

    private func json(of package: Package, _ version: ModelVersion) throws -> JSONObject {
        var members = VersionText.json(of: version)
        members["folder"] = .string(package.folder)
        members["signature"] = try JSONValue(encoding: package.signature)
        members["lineage"] = try JSONValue(encoding: package.lineage)
        members["metrics"] = try package.metrics.map { try JSONValue(encoding: $0) } ?? .null
        let engines = engines(for: package)
        members["engine"] = engines.first { $0.support == .supported }.map { .string($0.name) } ?? .null
        members["engines"] = .object(
            JSONObject(engines.map { (name: $0.name, value: .string(Self.text(of: $0.support))) }))
        return members
    }

    private static func text(of support: EngineSupport) -> String {
        switch support {
        case .supported: "runs it"
        case .unsupported(let reasons): "does not: \(reasons.joined(separator: "; "))"
        }
    }
}
