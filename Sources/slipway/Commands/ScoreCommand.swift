import ArgumentParser
import Foundation
import SlipwayData
import SlipwayModel
import SlipwayServing

/// Scores the rows of a file.
struct ScoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Score the rows of a file with a model.",
        discussion: """
            Examples:
              slipway score churn --from rows.csv --to out.csv
              slipway score churn@3 --from rows.csv --to -
              slipway score churn --from rows.parquet --to scores.parquet --keep customer_id
              slipway score model.onnx --from rows.csv --to out.csv
              slipway score lightgbm.txt --from rows.csv --to out.csv

            The columns of the output are named after the model's outputs; one of width n becomes name_0 … name_{n-1}.

            Files are CSV, JSON Lines where their names end in .jsonl or .ndjson, or Parquet where they end in .parquet; a \
            folder means the Parquet files in it. Parquet is read and written by DuckDB. All are read and written some \
            thousand rows at a time, whatever the size of the file.
            """)

    @OptionGroup var options: ModelOptions
    @Option(
        name: .customLong("from"),
        help: "The file with the rows, a folder of Parquet files, or - for CSV from standard input.") var source: String
    @Option(name: .customLong("to"), help: "The file to write, or - for CSV to standard output.") var destination:
        String
    @Option(help: "The most threads to use; the answers do not depend on it. (default: all cores for Parquet, else 1)")
    var threads: Int?
    @Option(help: "The columns of the rows to write before the answers, separated by commas, or all.") var keep:
        NameList?
    @Option(help: "The most memory for the data of Parquet files, such as 4GB. (default: 1GiB)") var memory: String?
    @Option(help: "How many reasons for each row to add as columns reason_1, contribution_1 and so on.") var explain:
        Int?
    @Option(
        help: "The share of rows that may be set aside, such as 1%; one more and the old result stays. (default: 0%)")
    var badRows: String?
    @Option(help: "The file that lists rows set aside. (default: the result's name and .bad-rows.csv)") var quarantine:
        String?
    @Flag(help: "Refuse rows outside the ranges and categories of the signature, instead of warning.") var strict =
        false

    func run() async throws {
        let started = ContinuousClock.now
        try ScoringJob.examine(source, destination)
        if destination != "-" { AtomicFile.sweep(beside: destination) }
        let needsDuckDB = try ScoringJob.needsDuckDB(source, destination)
        let rows = try RowsFormat(of: source) == .parquet ? nil : RowsFile(path: source)
        // Parquet is answered on several threads at once, each of which asks for a part.
        let loaded = try options.locator(threads: needsDuckDB ? 1 : threads ?? 1).loaded(rows: rows)
        let signature = loaded.model.signature
        let job = ScoringJob(
            model: loaded.model, source: source, destination: destination, kept: keep?.names ?? [],
            reasons: try explain.map { ReasonColumns($0, of: signature, by: try loaded.explainer()) },
            isStrict: strict, threadCount: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            memoryByteCountMax: memory.flatMap { ByteSizeText.parse($0) } ?? ScoringJob.memoryByteCountMax,
            quarantine: badShare.map { ($0, badRowsList) })
        let outcome = try Self.outcome(of: job, over: rows?.batches(for: signature), inDuckDB: needsDuckDB)
        try tell(outcome, ContinuousClock.now - started)
    }

    private static func outcome(
        of job: ScoringJob, over rows: RowBatches?, inDuckDB: Bool
    ) throws -> ScoringJob.Outcome {
        let progress = ScoringProgress()
        defer { progress.end() }
        guard let rows, !inDuckDB else { return try job.runInDuckDB(over: rows, progress: progress.report) }
        return try job.run(over: rows, progress: progress.report)
    }

    private func tell(_ outcome: ScoringJob.Outcome, _ elapsed: Duration) throws {
        if outcome.badRowCount > 0 {
            try Terminal.print(
                "\(CountText.text(outcome.badRowCount)) rows were set aside, listed in \(badRowsList)", to: .error)
        }
        if let warning = outcome.outside { try Terminal.print("warning: \(warning)", to: .error) }
        if options.json {
            var document: JSONObject = [
                "rows": .integer(Int64(outcome.rowCount)), "bad_rows": .integer(Int64(outcome.badRowCount)),
                "engine": .string(outcome.engineName), "to": .string(destination),
                "seconds": .number(elapsed / .seconds(1)),
            ]
            if outcome.badRowCount > 0 { document["quarantine"] = .string(badRowsList) }
            try Terminal.print(.object(document))
        } else if destination != "-" {
            try Terminal.print(
                "\(CountText.text(outcome.rowCount)) rows scored by \(outcome.engineName) in "
                    + "\(HumanText.duration(elapsed)), written to \(destination)")
        }
    }

    /// The share of rows that may be set aside; `nil` where every row must be scored.
    private var badShare: Double? { badRows.flatMap(ShareText.parse).flatMap { $0 > 0 ? $0 : nil } }

    private var badRowsList: String { quarantine ?? "\(destination).bad-rows.csv" }

    func validate() throws {
        if let badRows, ShareText.parse(badRows) == nil { throw ValidationError("--bad-rows: \(ShareText.rule)") }
        if badShare != nil, quarantine == nil, destination == "-" {
            throw ValidationError("--bad-rows needs --quarantine where the result goes to standard output")
        }
        if quarantine != nil, badShare == nil { throw ValidationError("--quarantine needs --bad-rows") }
        guard (1...Engines.threadsMax).contains(threads ?? 1) else {
            throw ValidationError("--threads is from 1 to \(Engines.threadsMax)")
        }
        if let explain, !(1...PredictionService.reasonCountMax).contains(explain) {
            throw ValidationError("--explain takes 1 to \(PredictionService.reasonCountMax)")
        }
        if let memory, ByteSizeText.parse(memory) == nil {
            throw ValidationError("--memory: \(ByteSizeText.rule)")
        }
        if options.json, destination == "-" {
            throw ValidationError("--json and --to - would both write to standard output")
        }
    }
}
