import ArgumentParser
import Foundation
import Logging
import SlipwayData
import SlipwayPipelines

/// Does what is due.
struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Refresh, retrain, and score by the schedules of the project.",
        discussion: """
            Examples:
              slipway work --environment production
              slipway work --once

            Any number of workers on any machines may share a PostgreSQL store (docs/runs.md). Each due time of features.X.refresh, \
            models.X.train.schedule, and batches.X.schedule is one run, which one worker does; when it is killed, another \
            takes the run after the lease has passed.

            Asked to end (SIGTERM), it takes nothing more, and gives back what is not done within --drain. Asked again, it \
            gives all back and ends at once.
            """)

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Flag(help: "Do what is due, and end; exit code 1 where an attempt failed.") var once = false
    @Option(help: "The runs that are done at once.") var jobs = 2
    @Option(help: "How long a run is a worker's that says nothing, such as 30s.") var lease = "30s"
    @Option(help: "How long runs may go on after the worker is asked to end, such as 5m.") var drain = "30s"

    /// The most runs at once.
    private static let jobCountMax = 64
    /// The leases that can be renewed in time, and are not waited for too long.
    private static let leaseTimes = Duration.seconds(2)...Duration.seconds(3_600)

    func validate() throws {
        guard (1...Self.jobCountMax).contains(jobs) else {
            throw ValidationError("--jobs is from 1 to \(Self.jobCountMax)")
        }
        guard let lease = DurationText.parse(lease), Self.leaseTimes.contains(lease) else {
            throw ValidationError("--lease is from 2s to 1h")
        }
        if DurationText.parse(drain) == nil { throw ValidationError("--drain: \(DurationText.rule)") }
    }

    func run() async throws {
        let platform = try options.platform()
        _ = try platform.project.environment(named: environment)
        // Files of batches are named from there, wherever the worker was started.
        guard FileManager.default.changeCurrentDirectoryPath(platform.project.folder.path) else {
            throw DataError(.unreadable, "the folder \(platform.project.folder.path) cannot be entered")
        }
        var logger = Logger(label: "slipway") { _ in StreamLogHandler.standardError(label: "slipway") }
        logger.logLevel = .info
        let work = try ProjectWork(platform, environment: environment, options: workerOptions, logger: logger)
        guard once else {
            try Terminal.print(
                options.json
                    ? JSONValue.object(["environment": .string(environment), "worker": .string(work.holder)]).text
                    : "Slipway works for \(environment) as \(work.holder)")
            return await work.run(drain: DurationText.parse(drain) ?? .zero)
        }
        let (attempts, failures) = try await work.runOnce()
        if options.json {
            try Terminal.print(
                .object(["attempts": .integer(Int64(attempts)), "failures": .integer(Int64(failures))]))
        } else {
            try Terminal.print(
                attempts == 0 ? "Nothing was due." : "\(attempts - failures) of \(attempts) attempts were done.")
        }
        if failures > 0 { throw ExitCode(Slipway.failedStatus) }
    }

    private var workerOptions: RunWorker.Options {
        var options = RunWorker.Options()
        options.leaseTime = DurationText.parse(lease) ?? options.leaseTime
        options.runCountMax = jobs
        return options
    }
}
