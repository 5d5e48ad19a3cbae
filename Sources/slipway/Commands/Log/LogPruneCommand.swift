import ArgumentParser
import SlipwayData
import SlipwayMonitoring

/// Removes what the project does not keep of its logs.
struct LogPruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Remove what slipway.yaml does not keep of the logs.",
        discussion: """
            A running server does so by itself. What is still being written stays.

            Example:  slipway log prune --environment production --dry-run
            """)

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Flag(help: "Say what would be removed, and remove nothing.") var dryRun = false

    func run() async throws {
        let platform = try options.platform()
        let pruning = try LogPruning(
            root: platform.logFolder, environment: environment,
            keeping: try platform.project.log(of: environment).retention, isTrial: dryRun)
        if options.json {
            try Terminal.print(Self.document(pruning, isTrial: dryRun))
            return
        }
        let verb = dryRun ? "would be removed" : "removed"
        for (segments, reason) in [(pruning.tooOld, "for their age"), (pruning.tooMuch, "for the size of the logs")] {
            guard let span = segments.span else { continue }
            try Terminal.print("\(Self.text(of: segments)) from \(span.start) to \(span.end) \(verb) \(reason)")
        }
        if pruning.removed.isEmpty { try Terminal.print("Nothing \(dryRun ? "would be " : "was ")removed.") }
        if !pruning.inUse.isEmpty { try Terminal.print("\(Self.text(of: pruning.inUse)) should go and is in use") }
        try Terminal.print("\(Self.text(of: pruning.kept)) kept")
    }

    private static func text(of segments: LogPruning.Segments) -> String {
        let noun = segments.count == 1 ? "segment" : "segments"
        return "\(CountText.text(segments.count)) \(noun) (\(HumanText.byteCount(segments.byteCount)))"
    }

    private static func document(_ pruning: LogPruning, isTrial: Bool) -> JSONValue {
        func object(_ segments: LogPruning.Segments) -> JSONValue {
            var members: JSONObject = [
                "segments": .integer(Int64(segments.count)), "bytes": .integer(Int64(segments.byteCount)),
            ]
            members["from"] = segments.span.map { .string($0.start.description) }
            members["until"] = segments.span.map { .string($0.end.description) }
            return .object(members)
        }
        return .object([
            "dry_run": .boolean(isTrial), "too_old": object(pruning.tooOld), "too_much": object(pruning.tooMuch),
            "in_use": object(pruning.inUse), "kept": object(pruning.kept),
        ])
    }
}
