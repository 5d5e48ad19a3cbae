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
            try Terminal.print(engines(for: package).map { "- \($0.name): \($0.support)" }.joined(separator: "\n"))
        }
    }

    private func engines(for package: Package) -> [(name: String, support: String)] {
        Engines.all.map { engine in
            switch engine.support(for: package.graph) {
            case .supported: (engine.name, "runs it")
            case .unsupported(let reasons): (engine.name, "does not: \(reasons.joined(separator: "; "))")
            }
        }
    }

    private func json(of package: Package, _ version: ModelVersion) throws -> JSONObject {
        var members = VersionText.json(of: version)
        members["folder"] = .string(package.folder)
        members["signature"] = try JSONValue(encoding: package.signature)
        members["lineage"] = try JSONValue(encoding: package.lineage)
        members["metrics"] = try package.metrics.map { try JSONValue(encoding: $0) } ?? .null
        members["engines"] = .object(
            JSONObject(engines(for: package).map { (name: $0.name, value: .string($0.support)) }))
        return members
    }
}
