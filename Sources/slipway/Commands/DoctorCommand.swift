import ArgumentParser
import Foundation
import SlipwayData
import SlipwayONNXRuntime

/// Says what is present, what is missing, and the command that installs it.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is present, what is missing, and how to install it.",
        discussion: "Example:  slipway doctor")

    @OptionGroup var options: ProjectOptions

    func run() async throws {
        let findings = [runtime(), parquet(), postgres(), pages(), project()] + programs()
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

    private func runtime() -> Finding {
        let library = Library.shared
        if let reason = library.reason {
            return Finding(
                name: "ONNX Runtime", isPresent: false, detail: "\(reason) Models that the native engine runs work.")
        }
        return Finding(
            name: "ONNX Runtime", isPresent: true, detail: "\(library.version ?? "") at \(library.path ?? "")")
    }

    private func postgres() -> Finding {
        let (place, reason) = Parts.postgreSQL
        return Finding(
            name: "libpq", isPresent: place != nil, isNeeded: needs([.postgres]),
            detail: place ?? "\(reason ?? "") Sources on PostgreSQL cannot be read without.")
    }

    private func parquet() -> Finding {
        let (place, reason) = Parts.duckDB
        return Finding(
            name: "DuckDB", isPresent: place != nil, isNeeded: needs([.duckdb, .files]),
            detail: place
                ?? "\(reason ?? "") Without it neither Parquet nor sources of type duckdb or files are read, and logs stay as they are written."
        )
    }

    /// Whether the project has a source of one of some kinds.
    private func needs(_ kinds: Set<SourceConfiguration.Kind>) -> Bool {
        let project = try? options.load()
        return project?.sources.values.contains { kinds.contains($0.kind) } ?? false
    }

    private func pages() -> Finding {
        let (folder, reason) = Parts.swaggerUI
        return Finding(
            name: "Swagger UI", isPresent: folder != nil,
            detail: folder ?? "\(reason ?? "") /docs lists the API plainly without.")
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
