import ArgumentParser
import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayRegistry
import SlipwayServing

/// Feeds true outcomes back from a file.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback", abstract: "Feed true outcomes back, by prediction id or by entity key.",
        discussion: """
            Example:  slipway feedback churn --from labels.csv

            The file has a column 'id' or the model's key, and a column 'actual' or the model's target.
            """)

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment whose predictions they belong to.") var environment = Platform.defaultEnvironment
    @Argument(help: "The name of the model.") var model: String
    @Option(name: .customLong("from"), help: "The CSV file with the outcomes.") var source: String

    func run() async throws {
        let platform = try options.platform()
        _ = try platform.project.environment(named: environment)
        let version = try platform.latest(of: model)
        let task = try platform.registry.package(of: version).signature.task
        let records = try FeedbackParser.records(
            of: try CSVReader.table(contentsOf: source), key: platform.lookUpKey(of: model), task: task)
        let log = try FeedbackLogWriter(folder: platform.logSegments(of: model, in: environment))
        try log.append(records)
        try log.close()
        if options.json {
            try Terminal.print(.object(["accepted": .integer(Int64(records.count))]))
        } else {
            try Terminal.print("\(CountText.text(records.count, "outcome")) of \(model) kept for \(environment).")
        }
    }
}
