import ArgumentParser
import Foundation
import SlipwayEngines

/// The whole life of a model in one program.
@main
struct Slipway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "Takes a trained model into production and keeps it there.",
        discussion: """
            The loop: push, check, promote, serve, log, join labels, watch, retrain, gate, promote or roll back.

            EXAMPLE
              slipway init my-project
            """,
        version: BuildVersion.current,
        subcommands: [
            InitCommand.self, DoctorCommand.self, ModelCommand.self, PredictCommand.self, ScoreCommand.self,
            BenchCommand.self, ServeCommand.self, WorkCommand.self, RunCommand.self, KeyCommand.self, DataCommand.self,
            FeedbackCommand.self, LogCommand.self, MonitorCommand.self, RetrainCommand.self, ConformanceCommand.self,
            LoadTestCommand.self,
        ])

    static func main() async {
        ProcessHeap.settle()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            // Looked up in the words themselves, for the command may be what could not be parsed.
            Foundation.exit(exitStatus(reporting: error, isForPrograms: CommandLine.arguments.contains("--json")))
        }
    }
}
