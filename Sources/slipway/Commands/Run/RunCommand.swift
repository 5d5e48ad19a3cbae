import ArgumentParser

/// The commands on the runs of jobs.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Look at the runs of jobs, start them, try them again, and take them back.",
        discussion: """
            A run is one execution of a job for one due time: refresh VIEW, retrain MODEL, or score BATCH. Runs are done by \
            slipway work.
            """,
        subcommands: [
            RunListCommand.self, RunShowCommand.self, RunStartCommand.self, RunRetryCommand.self, RunCancelCommand.self,
        ])
}
