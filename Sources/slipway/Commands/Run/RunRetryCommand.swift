import ArgumentParser
import SlipwayPipelines

/// Lets a run be tried again.
struct RunRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try a run again that failed, was cancelled, or waits out a pause.",
        discussion: "Example:  slipway run retry 3fa92b1c")

    @OptionGroup var options: RunOptions
    @Argument(help: "The id of the run, or how it begins.") var id: String

    func run() async throws {
        let runs = try options.runs()
        let run = try runs.run(beginning: id)
        try options.show(try runs.store(for: run.job.kind).retry(run.id) ?? run, of: runs)
    }
}
