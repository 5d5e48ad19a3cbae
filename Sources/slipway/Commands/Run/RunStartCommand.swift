import ArgumentParser
import SlipwayPipelines

/// Makes a run that is due now.
struct RunStartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Make a run of a job that is due now; a worker does it.",
        discussion: """
            Example:  slipway run start nightly
            Example:  slipway run start churn --kind retrain
            """)

    @OptionGroup var options: RunOptions
    @Argument(help: "The name of a feature view, a model, or a batch.") var job: String
    @Option(
        help: "refresh, retrain or score, where more than one has the name.",
        transform: { try Word.read($0, as: Job.Kind.self) })
    var kind: Job.Kind?

    func run() async throws {
        let platform = try options.project.platform()
        let runs = try platform.runs(of: options.environment)
        let features = try platform.featureStore(of: options.environment)
        let jobs = platform.jobs(in: options.environment, features: features).map(\.job)
            .filter { $0.name == job && (kind ?? $0.kind) == $0.kind }
        guard let found = jobs.first else {
            throw PipelineError(
                .notFound, "there is no job '\(job)' in \(options.environment)",
                hint: "Jobs are feature views, models with a training, and batches of \(platform.project.folder.file).")
        }
        guard jobs.count == 1 else {
            let kinds = jobs.map(\.kind.rawValue).sorted().joined(separator: " or ")
            throw PipelineError(.conflict, "'\(job)' names more than one job", hint: "Say which with --kind \(kinds).")
        }
        try options.show(try runs.store(for: found.kind).start(found), of: runs)
    }
}
