import ArgumentParser
import Foundation
import SlipwayTesting

/// Lets one contender answer rows a given number of times; `compare --count` runs this under a tool that counts.
struct RepeatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repeat", abstract: "Let one contender answer rows, for a tool that watches.", shouldDisplay: false
    )

    @Option(help: "The folder of the model, or of a fixture.") var model: String
    @Option(help: "Who answers.") var contender: ContenderKind
    @Option(help: "The virtual environment with the libraries.") var environment: String
    @Option(help: "The rows.") var rows = 400
    @Option(help: "How often the rows are asked in one call.") var batches = 1
    @Option(help: "How often the rows are asked one at a time.") var passes = 1

    func run() throws {
        let folder = URL(filePath: model)
        let isFixture = FileManager.default.fileExists(atPath: folder.appending(path: "case.json").path)
        let subject =
            try isFixture
            ? Subject(
                fixture: EngineFixture(folder: folder), folder: folder.deletingLastPathComponent().path, rowCount: rows)
            : Subject(generatedIn: model, rowCount: rows)
        let contender = try contender.load(subject, Libraries(environment: environment))
        for _ in 0..<batches { _ = try contender.predictBatch() }
        for _ in 0..<passes {
            for row in subject.rows.indices { _ = try contender.predictRow(row) }
        }
    }
}
