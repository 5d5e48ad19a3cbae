import ArgumentParser
import Foundation
import SlipwayData
import SlipwayMonitoring

/// Puts the old days of the prediction logs into Parquet files.
struct LogCompactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact", abstract: "Put the old days of the prediction logs into Parquet files.",
        discussion: """
            A running server does so by itself, from the age that slipway.yaml sets. What is still being written stays. \
            Every command reads both kinds of files; it needs DuckDB, as slipway doctor tells.

            Example:  slipway log compact --environment production --older-than 2d
            """)

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Option(help: "How long ago a day must have ended, such as 2d; by default the age that slipway.yaml sets.")
    var olderThan: String?
    @Flag(help: "Say what would be compacted, and compact nothing.") var dryRun = false

    func validate() throws {
        guard let olderThan, age(olderThan) == nil else { return }
        throw ValidationError("--older-than is no duration; \(DurationText.rule)")
    }

    func run() async throws {
        let platform = try options.platform()
        let configured = try platform.project.log(of: environment).compaction.age
        let compaction = try LogCompaction(
            root: platform.logFolder, environment: environment, parquet: Parts.parquet,
            ageMin: olderThan.flatMap(age) ?? configured ?? LogCompaction.ageMinDefault, isTrial: dryRun)
        if options.json {
            try Terminal.print(Self.document(compaction, isTrial: dryRun))
        } else {
            for line in lines(of: compaction) { try Terminal.print(line) }
        }
        if let absence = compaction.absence {
            try Terminal.print("error: \(absence)", to: .error)
            throw ExitCode(Slipway.failedStatus)
        }
    }

    private func age(_ text: String) -> Duration? { text == "0" ? .zero : DurationText.parse(text) }

    private func lines(of compaction: LogCompaction) -> [String] {
        var lines: [String] = []
        if compaction.dueSegmentCount > 0 {
            let verb = dryRun ? "would be compacted" : "cannot be compacted"
            lines.append("\(Self.segments(compaction.dueSegmentCount)) \(verb)")
        } else if compaction.isEmpty {
            lines.append("Nothing \(dryRun ? "would be " : "was ")compacted.")
        } else {
            let (before, after) = (compaction.byteCountBefore, compaction.byteCountAfter)
            let what =
                "\(Self.segments(compaction.segmentCount)) with "
                + CountText.text(compaction.recordCount, "prediction")
            let files = CountText.text(compaction.fileCount, "Parquet file")
            lines.append(
                "\(what) compacted into \(files): \(HumanText.byteCount(before)) became \(HumanText.byteCount(after))")
        }
        if compaction.changedSegmentCount > 0 {
            lines.append(
                "\(Self.segments(compaction.changedSegmentCount)) stay as they are: bytes of them were changed on disk")
        }
        return lines
    }

    private static func segments(_ count: Int) -> String {
        CountText.text(count, "segment")
    }

    private static func document(_ compaction: LogCompaction, isTrial: Bool) -> JSONValue {
        var members: JSONObject = [
            "dry_run": .boolean(isTrial), "files": .integer(Int64(compaction.fileCount)),
            "segments": .integer(Int64(compaction.segmentCount)),
            "predictions": .integer(Int64(compaction.recordCount)),
            "bytes_before": .integer(Int64(compaction.byteCountBefore)),
            "bytes_after": .integer(Int64(compaction.byteCountAfter)),
            "changed_segments": .integer(Int64(compaction.changedSegmentCount)),
            "due_segments": .integer(Int64(compaction.dueSegmentCount)),
        ]
        members["absence"] = compaction.absence.map(JSONValue.string)
        return .object(members)
    }
}
