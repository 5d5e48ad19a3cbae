import ArgumentParser
import Foundation

/// The whole life of a model in one program.
@main
struct Slipway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slipway",
        abstract: "Takes a trained model into production and keeps it there.",
        subcommands: [InitCommand.self])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Foundation.exit(exitStatus(reporting: error))
        }
    }
}
