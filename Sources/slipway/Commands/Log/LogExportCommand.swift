import ArgumentParser
import SlipwayData
import SlipwayMonitoring

/// Writes the prediction log of a model as JSON Lines.
struct LogExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the prediction log of a model as JSON Lines.",
        discussion: "Example:  slipway log export churn --to log.jsonl")

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Argument(help: "The name of the model.") var model: String
    @Option(name: .customLong("to"), help: "The file to write, or - for standard output.") var destination: String

    func validate() throws {
        if options.json, destination == "-" {
            throw ValidationError("--json and --to - would both write to standard output")
        }
    }

    func run() async throws {
        let platform = try options.platform()
        let reader = try platform.predictionLog(of: model, in: environment)
        let summary = try reader.export(to: destination)
        if options.json {
            try Terminal.print(
                .object([
                    "records": .integer(Int64(summary.recordCount)),
                    "torn_lines": .integer(Int64(summary.tornLineCount)),
                    "corrupt_lines": .integer(Int64(summary.corruptLineCount)), "to": .string(destination),
                ]))
        } else if destination != "-" {
            try Terminal.print("\(CountText.text(summary.recordCount)) predictions written to \(destination)")
        }
        for damage in summary.damages {
            let lost =
                damage.lineCount == 1
                ? "this line was changed on disk and is left out"
                : "from here on \(CountText.text(damage.lineCount)) lines were changed on disk and are left out"
            try Terminal.print("warning: \(damage.first): \(lost)", to: .error)
        }
    }
}
