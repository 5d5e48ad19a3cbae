import ArgumentParser
import SlipwayData
import SlipwayMonitoring

/// Shows the latest predictions of a model.
struct LogShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the latest predictions of a model.",
        discussion: "Example:  slipway log show churn --last 20")

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Argument(help: "The name of the model.") var model: String
    @Option(help: "The number of predictions to show.") var last = 20

    func validate() throws {
        guard (1...10_000).contains(last) else { throw ValidationError("--last takes 1 to 10000") }
    }

    func run() async throws {
        let reader = try options.platform().predictionLog(of: model, in: environment)
        let latest = try reader.latest(last)
        if options.json {
            try Terminal.print(.object(["predictions": .array(latest.map { .object($0.json) })]))
            return
        }
        var table = TextTable("time", "id", .number("version"), "key", "answer")
        for record in latest {
            table.append(
                record.time.description, record.id.description, String(record.version), record.key ?? "",
                JSONValue.object(record.outputs).text)
        }
        try Terminal.write(table.text)
    }
}
