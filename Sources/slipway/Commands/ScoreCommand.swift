import ArgumentParser
import Foundation
import SlipwayData
import SlipwayModel
import SlipwayServing

/// Scores the rows of a file.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score the rows of a CSV file with a model.",
        discussion: """
            Examples:
              slipway score churn --from rows.csv --to out.csv
              slipway score churn@3 --from rows.csv --to -
              slipway score model.onnx --from rows.csv --to out.csv
              slipway score lightgbm.txt --from rows.csv --to out.csv

            The columns of the output are named after the model's outputs; one of width n becomes name_0 … name_{n-1}.
            """)

    @OptionGroup var options: ModelOptions
    @Option(name: .customLong("from"), help: "The CSV file with the rows, or - for standard input.") var source: String
    @Option(name: .customLong("to"), help: "The CSV file to write, or - for standard output.") var destination: String
    @Option(help: "The most threads that the engine may use; the answers do not depend on it.") var threads = 1
    @Option(help: "How many reasons for each row to add as columns reason_1, contribution_1 and so on.") var explain:
        Int?
    @Flag(help: "Refuse rows outside the ranges and categories of the signature, instead of warning.") var strict =
        false

    func run() async throws {
        let started = ContinuousClock.now
        try RowsFile.requireCSV(destination)
        try RowsFile.requireOther(than: source, destination)
        let rows = try RowsFile(path: source)
        let loaded = try options.locator(threads: threads).loaded(rows: rows)
        let scoring = try BatchScoring(model: loaded.model, rows: rows)
        if strict { try scoring.refuseOutOfBounds() }
        let progress = ScoringProgress(total: scoring.rowCount)
        var scored = try scoring.run(progress: progress.report)
        if let explain { scored = try scored.joining(scoring.reasons(explain, by: loaded.explainer())) }
        try CSVWriter.write(scored, to: destination)
        let elapsed = ContinuousClock.now - started
        if let warning = scoring.outOfBoundsSummary { try Terminal.print("warning: \(warning)", to: .error) }
        let engine = scoring.engineName
        if options.json {
            try Terminal.print(
                .object([
                    "rows": .integer(Int64(scored.rowCount)), "engine": .string(engine), "to": .string(destination),
                    "seconds": .number(elapsed / .seconds(1)),
                ]))
        } else if destination != "-" {
            try Terminal.print(
                "\(CountText.text(scored.rowCount)) rows scored by \(engine) in \(HumanText.duration(elapsed)), "
                    + "written to \(destination)")
        }
    }

    func validate() throws {
        guard (1...Engines.threadsMax).contains(threads) else {
            throw ValidationError("--threads is from 1 to \(Engines.threadsMax)")
        }
        if let explain, !(1...PredictionService.reasonCountMax).contains(explain) {
            throw ValidationError("--explain takes 1 to \(PredictionService.reasonCountMax)")
        }
        if options.json, destination == "-" {
            throw ValidationError("--json and --to - would both write to standard output")
        }
    }
}
