import ArgumentParser
import Foundation

/// Loads one model once and says what it cost; `compare` runs this in processes of its own.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Load one model once, and print what it cost.", shouldDisplay: false)

    @Option(help: "The folder of the model.") var model: String
    @Option(help: "Who loads it.") var contender: ContenderKind
    @Option(help: "The virtual environment with the libraries.") var environment: String

    func run() throws {
        let subject = try Subject(generatedIn: model, rowCount: 1)
        let cost = try LoadCost.measuredHere(contender, of: subject, libraries: Libraries(environment: environment))
        print(String(decoding: try JSONEncoder().encode(cost), as: UTF8.self))
    }
}

extension ContenderKind: ExpressibleByArgument {}
