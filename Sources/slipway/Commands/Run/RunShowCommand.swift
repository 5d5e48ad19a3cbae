import ArgumentParser
import SlipwayPipelines

/// Shows a run.
struct RunShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a run: who has it, how often it was tried, what came of it.",
        discussion: "Example:  slipway run show 3fa92b1c")

    @OptionGroup var options: RunOptions
    @Argument(help: "The id of the run, or how it begins.") var id: String

    func run() async throws {
        let runs = try options.runs()
        try options.show(try runs.run(beginning: id), of: runs)
    }
}
