import ArgumentParser
import SlipwayPipelines

/// Takes a run back.
struct RunCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take back a run that waits or runs; nothing that it does is kept any more.",
        discussion: "Example:  slipway run cancel 3fa92b1c --reason 'the warehouse is being mended'")

    @OptionGroup var options: RunOptions
    @Argument(help: "The id of the run, or how it begins.") var id: String
    @Option(help: "Why.") var reason: String?

    func run() async throws {
        let runs = try options.runs()
        let run = try runs.run(beginning: id)
        let reason = ["cancelled by \(ProjectOptions.actor)", reason].compactMap(\.self).joined(separator: ": ")
        try options.show(try runs.store(for: run.job.kind).cancel(run.id, because: reason) ?? run, of: runs)
    }
}
