import ArgumentParser
import Foundation
import SlipwayData

/// Says what is present, what is missing, and the command that installs it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is present, what is missing, and how to install it.",
        discussion: "Example:  slipway doctor")

    @OptionGroup var options: ProjectOptions

    func run() async throws {
        let findings = parts + [project()] + programs()
        if options.json {
            let list = findings.map { finding -> JSONValue in
                .object([
                    "name": .string(finding.name), "ok": .boolean(finding.isPresent), "detail": .string(finding.detail),
                    "needed": .boolean(finding.isNeeded),
                ])
            }
            try Terminal.print(.object(["version": .string(BuildVersion.current), "findings": .array(list)]))
        } else {
            var table = TextTable("part", "state", "detail")
            for finding in findings {
                table.append(
                    finding.name, finding.isPresent ? "ok" : finding.isNeeded ? "broken" : "missing", finding.detail)
            }
            try Terminal.write("slipway \(BuildVersion.current)\n" + table.text)
        }
        if findings.contains(where: { $0.isNeeded && !$0.isPresent }) { throw ExitCode(Slipway.failedStatus) }
    }

    private struct Finding {
        var name: String
        var isPresent: Bool
        var isNeeded = false
        var detail: String
    }

    /// The parts from outside, each with the sources that need it and what is missing without it.
    private var parts: [Finding] {
        let parts: [(String, Parts.Part, Set<SourceConfiguration.Kind>, String)] = [
            ("ONNX Runtime", Parts.onnxRuntime, [], "Models that the native engine runs work."),
            (
                "DuckDB", Parts.duckDB, [.duckdb, .files, .s3],
                "Without it neither Parquet nor sources of type duckdb, files, or s3 are read, and logs stay as they are "
                    + "written."
            ),
            ("libpq", Parts.postgreSQL, [.postgres], "Sources on PostgreSQL cannot be read without."),
            ("Swagger UI", Parts.swaggerUI, [], "/docs lists the API plainly without."),
        ]
        return parts.map { name, part, kinds, without in
            Finding(
                name: name, isPresent: part.place != nil, isNeeded: needs(kinds),
                detail: part.place ?? "\(part.reason ?? "") \(without)")
        }
    }

    /// Whether the project has a source of one of some kinds.
    private func needs(_ kinds: Set<SourceConfiguration.Kind>) -> Bool {
        guard !kinds.isEmpty, let project = try? options.load() else { return false }
        return project.sources.values.contains { kinds.contains($0.kind) }
    }

    private func project() -> Finding {
        do {
            let project = try options.load()
            let notices = project.notices.isEmpty ? "" : ", \(project.notices.count) parts have no effect yet"
            return Finding(
                name: "project", isPresent: true, isNeeded: true,
                detail: "\(project.name) in \(project.folder.path)\(notices)")
        } catch  where error.kind == .notFound && options.project == nil {
            return Finding(name: "project", isPresent: false, detail: "none here; start one: slipway init my-project")
        } catch {
            return Finding(name: "project", isPresent: false, isNeeded: true, detail: error.description)
        }
    }

    private func programs() -> [Finding] {
        [("git", "names the code revision in lineage"), ("python3", "runs training programs")].map { name, use in
            let path = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").map { "\($0)/\(name)" }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
            return Finding(
                name: name, isPresent: path != nil, detail: path ?? "it \(use); install it: apt-get install \(name)")
        }
    }
}
