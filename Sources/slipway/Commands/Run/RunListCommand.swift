import ArgumentParser
import SlipwayData
import SlipwayPipelines

/// Lists runs.
struct RunListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the runs, the latest due time first.",
        discussion: """
            Example:  slipway run list
            Example:  slipway run list --state failed
            """)

    @OptionGroup var options: RunOptions
    @Option(
        help: "Only those that are waiting, running, done, failed, or cancelled.",
        transform: { try Word.read($0, as: Run.State.self) })
    var state: Run.State?
    @Option(help: "Only those of one view, model, or batch.") var job: String?
    @Option(help: "The most runs to list.") var limit = 20

    func validate() throws {
        guard (1...Platform.Runs.readCountMax).contains(limit) else {
            throw ValidationError("--limit is from 1 to \(Platform.Runs.readCountMax)")
        }
    }

    func run() async throws {
        let store = try options.runs()
        let all = try store.all(limit: Platform.Runs.readCountMax)
        let runs = all.filter { (state ?? $0.state) == $0.state && (job ?? $0.job.name) == $0.job.name }.prefix(limit)
        if options.json {
            try Terminal.print(.object(["runs": .array(try runs.map { try RunText.json(of: $0, in: store) })]))
        } else {
            try Terminal.print(RunText.table(of: Array(runs), in: store))
        }
    }
}
