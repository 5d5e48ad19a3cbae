import Foundation
import SlipwayONNXRuntime

/// Where and with what a run was made.
struct Machine: Codable, Sendable {
    /// The processor's name and how many of its cores the process may use.
    var processor: String
    /// The operating system.
    var system: String
    /// The versions of everything that takes part, by name.
    var versions: [String: String]
    /// The revision of Slipway, with `+` where files were changed since.
    var revision: String
    /// The processes that wanted a core on average during the last minute, when the run began.
    var loadAverage: Double
    /// The day of the run.
    var day: String

    /// Asks the machine.
    init(environment: String) {
        let cpu = Self.value(of: "model name", in: "/proc/cpuinfo", separator: ":") ?? "an unknown processor"
        processor = "\(cpu), \(ProcessInfo.processInfo.activeProcessorCount) cores"
        let name = Self.value(of: "PRETTY_NAME", in: "/etc/os-release", separator: "=")
        let kernel = try? Program.run(["uname", "-m"]).text.trimmingCharacters(in: .whitespacesAndNewlines)
        system = "\(name?.trimmingCharacters(in: ["\""]) ?? "an unknown system"), \(kernel ?? "")"
        loadAverage =
            (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))
            .flatMap { $0.split(separator: " ").first }.flatMap { Double($0) } ?? 0
        versions = Self.packageVersions(in: environment)
        versions["ONNX Runtime"] = Library.shared.version
        versions["Swift"] = Self.firstVersion(in: ["swift", "--version"], after: "Swift version ")
        versions["gcc"] = Self.firstVersion(in: ["gcc", "-dumpfullversion"], after: "")
        let commit = try? Program.run(["git", "rev-parse", "--short", "HEAD"]).text.prefix { !$0.isNewline }
        let changes = try? Program.run(["git", "status", "--porcelain", "--untracked-files=no"]).text
        revision = (commit.map(String.init) ?? "unknown") + (changes?.isEmpty == false ? "+" : "")
        day = String(Date().ISO8601Format().prefix(10))
    }

    /// The versions in one line: `LightGBM 4.7.0, ONNX Runtime 1.31.1, …`.
    var versionLine: String {
        versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }

    private static func value(of key: String, in path: String, separator: Character) -> String? {
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.first { $0.hasPrefix(key) }?.split(separator: separator, maxSplits: 1).last
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private static func firstVersion(in command: [String], after mark: String) -> String? {
        guard let text = try? Program.run(command).text else { return nil }
        guard !mark.isEmpty else { return text.trimmingCharacters(in: .whitespacesAndNewlines) }
        return text.range(of: mark).map { String(text[$0.upperBound...].prefix { !$0.isWhitespace }) }
    }

    /// The versions of Python packages, as the folders beside them say.
    private static func packageVersions(in environment: String) -> [String: String] {
        let titles = ["lightgbm": "LightGBM", "xgboost": "XGBoost", "tl2cgen": "TL2cgen", "treelite": "Treelite"]
        var versions: [String: String] = [:]
        let libraries = (try? FileManager.default.contentsOfDirectory(atPath: "\(environment)/lib")) ?? []
        for library in libraries {
            let packages = "\(environment)/lib/\(library)/site-packages"
            for entry in (try? FileManager.default.contentsOfDirectory(atPath: packages)) ?? [] {
                let parts = entry.replacing(".dist-info", with: "").split(separator: "-")
                guard entry.hasSuffix(".dist-info"), parts.count == 2, let title = titles[String(parts[0])] else {
                    continue
                }
                versions[title] = String(parts[1])
            }
        }
        return versions
    }
}
