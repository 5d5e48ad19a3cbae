import ArgumentParser
import Foundation
import SlipwayData
import SlipwayEngines
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

              slipway score churn --from warehouse#customers --to warehouse#churn_scores --keep customer_id --mode replace
              slipway score churn --from warehouse#customers --to warehouse#churn_scores --keep customer_id --engine sql
              slipway score churn --from rows.parquet --to scores --keep customer_id,contract --partition-by contract
              slipway score churn --from rows.parquet --to scores.parquet --keep customer_id --resume

            The columns of the output are named after the model's outputs; one of width n becomes name_0 … name_{n-1}.

            Files are CSV, JSON Lines where their names end in .jsonl or .ndjson, or Parquet where they end in .parquet; a \
            folder means the Parquet files in it. Parquet is read and written by DuckDB. All are read and written some \
            thousand rows at a time, whatever the size of the file.

            With --resume, rows are scored in parts that stay when the command is stopped; the same command goes on behind \
            them, and the result is the same.

            SOURCE#TABLE is a table of a source of the project; it is written in one transaction. SOURCE#KEY is an object of \
            a source of type s3, such as lake#scores/churn.parquet, which takes its place when all of it is there. With --engine sql the \
            model runs as a query inside the database of both tables, which must be the same.
            """)

    @OptionGroup var options: ModelOptions
    @Option(
        name: .customLong("from"),
        help: "The file with the rows, a folder of Parquet files, SOURCE#TABLE, or - for CSV from standard input.")
    var source: String
    @Option(name: .customLong("to"), help: "The file to write, SOURCE#TABLE, or - for CSV to standard output.")
    var destination: String
    @Option(help: "A query for the rows, in the words of the source that --from names.") var query: String?
    @Option(help: "What happens to a table's rows: create, replace, append or merge. (default: create)") var mode:
        TableChange.Mode?
    @Option(help: "The columns that tell the rows of a table apart, separated by commas.") var key: NameList?
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
    @Flag(help: "Add the columns model_version and scored_at, so that servers can give the answers by key.") var stamp =
        false
    @Option(help: "The columns of the result whose values become folders below --to, separated by commas.")
    var partitionBy: NameList?
    @Option(help: "The files of such folders: parquet or csv. (default: parquet)") var partitionFormat:
        PartitionedFolder.Format?
    @Flag(help: "Keep parts that are done when the command is stopped, and go on behind those that are there.")
    var resume = false
    @Option(help: "The rows of a part. (default: 1000000)") var partRows: Int?
    @Flag(help: "Refuse rows outside the ranges and categories of the signature, instead of warning.") var strict =
        false

    func run() async throws {
        let started = ContinuousClock.now
        try tell(await score(), ContinuousClock.now - started)
    }

    /// Scores, without a word.
    ///
    /// - Parameter mayKeep: Asked right before the result takes its place; what it throws leaves the old one.
    func score(mayKeep: @escaping @Sendable () throws(DataError) -> Void = {}) async throws -> ScoringJob.Outcome {
        let objects = try await ScoredObjects.of(
            source, destination, mode: mode, isKeyed: key != nil, project: options.project)
        // Parts in a folder that goes with the process could not be taken up.
        guard objects == nil || !resume else {
            throw DataError(
                .malformed, "--resume is not for objects of a source of type s3",
                hint: "Name files with --from and --to, and bring them there and back yourself.")
        }
        var command = self
        command.source = objects?.source ?? source
        command.destination = objects?.destination ?? destination
        do {
            let outcome = try await command.scored(mayKeep: mayKeep)
            if let objects {
                try mayKeep()
                try await objects.finish()
            }
            return outcome
        } catch {
            throw objects?.named(error) ?? error
        }
    }

    /// Scores files and tables of this machine and of databases.
    private func scored(mayKeep: @escaping @Sendable () throws(DataError) -> Void) async throws -> ScoringJob.Outcome {
        try ScoringJob.examine(rowsName, destination, isPartitioned: partitionBy != nil)
        if badShare != nil { try ScoringJob.examine(list: badRowsList, of: rowsName, destination) }
        guard options.engine == Self.databaseEngine else { return try await outcome(mayKeep: mayKeep) }
        return try outcomeInDatabase(mayKeep: mayKeep)
    }

    /// Whether a result that is there already does not stand in the way of the next one.
    var mayBeRepeated: Bool { destination != "-" && (TablePlace(destination) == nil || mode ?? .create != .create) }

    /// The engine that is the database of the rows.
    static let databaseEngine = "sql"

    /// What the rows are called; those of a query are the source's.
    private var rowsName: String { query == nil ? source : "\(source)#the query" }

    private func outcome(
        mayKeep: @escaping @Sendable () throws(DataError) -> Void
    ) async throws -> ScoringJob.Outcome {
        let ends = ScoringEnds(
            from: try RowsFormat(of: rowsName), to: partitionBy == nil ? try RowsFormat(of: destination) : .parquet,
            isParted: resume || partitionBy != nil)
        if ends.to != .table, destination != "-" { AtomicFile.sweep(beside: destination) }
        let platform = ends.from == .table || ends.to == .table ? try options.project.platform() : nil
        let rows = [.csv, .jsonLines].contains(ends.from) ? try RowsFile(path: source) : nil
        // Parquet is answered on several threads at once, each of which asks for a part.
        let loaded = try options.locator(threads: ends.needDuckDB ? 1 : threads ?? 1).loaded(rows: rows)
        let signature = loaded.model.signature
        var job = ScoringJob(
            model: loaded.model, source: rowsName, destination: destination, kept: keep?.names ?? [],
            reasons: try explain.map { ReasonColumns($0, of: signature, by: try loaded.explainer()) },
            stamp: try stamp(of: loaded), isStrict: strict,
            threadCount: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            memoryByteCountMax: memory.flatMap { ByteSizeText.parse($0) } ?? ScoringJob.memoryByteCountMax,
            quarantine: badShare.map { ($0, badRowsList) },
            table: try platform.flatMap { try sink($0, isTable: ends.to == .table, mayKeep) })
        job.mayKeep = mayKeep
        let parts = try ends.isParted ? parted(job, ends, loaded, platform) : nil
        var batches = try rows?.batches(for: signature)
        if let platform, batches == nil { batches = try await streamed(platform, into: job.table) }
        return try Self.outcome(of: job, in: parts, over: batches, inDuckDB: ends.needDuckDB)
    }

    /// The rows of a table or a query; `nil` where they stand in a file.
    private func streamed(_ platform: Platform, into sink: TableSink?) async throws -> RowBatches? {
        guard let place = TablePlace(rowsName), try RowsFormat(of: rowsName) == .table else { return nil }
        let query = query ?? "SELECT * FROM \(place.quotedTable)"
        let limits = StreamLimits(timeout: try platform.project.source(named: place.source).policy.timeout)
        if let sink, let target = TablePlace(destination), try platform.isSamePlace(place.source, target.source),
            let stream = try sink.stream(query, limits: limits)
        {
            return RowBatches(stream)
        }
        return RowBatches(try await platform.source(named: place.source).stream(query, limits: limits))
    }

    private func sink(
        _ platform: Platform, isTable: Bool, _ mayKeep: @escaping @Sendable () throws(DataError) -> Void
    ) throws -> TableSink? {
        guard isTable, let place = TablePlace(destination) else { return nil }
        return try sink(place, on: platform, mayKeep)
    }

    private func sink(
        _ place: TablePlace, on platform: Platform, _ mayKeep: @escaping @Sendable () throws(DataError) -> Void
    ) throws -> TableSink {
        let dialect = try platform.writableDialect(of: place.source)
        let change = TableChange(of: place.table, mode ?? .create, key: key?.names ?? [], dialect: dialect)
        return TableSink(change, mayKeep: mayKeep) { try platform.tables(of: place.source) }
    }

    /// Scores within the database that holds the rows and takes the answers.
    private func outcomeInDatabase(
        mayKeep: @escaping @Sendable () throws(DataError) -> Void
    ) throws -> ScoringJob.Outcome {
        guard let rows = TablePlace(source), let place = TablePlace(destination), rows.source == place.source else {
            throw DataError(
                .malformed, "the database of '\(source)' is not that of '\(destination)'",
                hint: "Name two tables of one source: --from warehouse#customers --to warehouse#scores.")
        }
        let platform = try options.project.platform()
        var locator = options.locator()
        locator.engine = nil
        let loaded = try locator.loaded(rows: nil)
        let signature = loaded.model.signature
        let kept = keep?.names ?? []
        let query = try SQLCompiler(platform.writableDialect(of: place.source)).compile(
            loaded.graph, signature: signature, from: rows.table, keys: kept)
        let stamp = try stamp(of: loaded)
        let answers = try BatchScoring(model: loaded.model, names: signature.inputs.map(\.name), stamp: stamp).columns
        let filled = try sink(place, on: platform, mayKeep).fill(
            by: stamp?.adding(to: query) ?? query, keeping: kept, of: rows.quotedTable, and: answers)
        return ScoringJob.Outcome(
            rowCount: filled.rowCount, badRowCount: 0, engineName: "\(Self.databaseEngine) in \(place.source)",
            unansweredCount: filled.unansweredCount)
    }

    /// What says which version answers, where that was asked for.
    private func stamp(of loaded: LoadedModel) throws(DataError) -> ScoringStamp? {
        guard stamp else { return nil }
        guard let version = loaded.version else {
            throw DataError(
                .malformed, "'\(options.model)' is no version of the registry, so --stamp cannot say which it is",
                hint: "Push it, and score it as NAME or NAME@3: slipway model push")
        }
        return ScoringStamp(version: version, time: .now())
    }

    private static func outcome(
        of job: ScoringJob, in parts: PartedJob?, over rows: RowBatches?, inDuckDB: Bool
    ) throws -> ScoringJob.Outcome {
        let progress = ScoringProgress()
        defer { progress.end() }
        if let parts { return try parts.run(over: rows, progress: progress.report) }
        guard let rows, !inDuckDB else { return try job.runInDuckDB(over: rows, progress: progress.report) }
        return try job.run(over: rows, progress: progress.report)
    }

    private func tell(_ outcome: ScoringJob.Outcome, _ elapsed: Duration) throws {
        if outcome.badRowCount > 0 {
            try Terminal.print(
                "\(CountText.text(outcome.badRowCount)) rows were set aside, listed in \(badRowsList)", to: .error)
        }
        if outcome.unansweredCount > 0 {
            try Terminal.print(
                "warning: \(CountText.text(outcome.unansweredCount)) rows have no answer, as the model refuses them",
                to: .error)
        }
        if let warning = outcome.outside.summary { try Terminal.print("warning: \(warning)", to: .error) }
        if options.json {
            var document: JSONObject = [
                "rows": .integer(Int64(outcome.rowCount)), "bad_rows": .integer(Int64(outcome.badRowCount)),
                "engine": .string(outcome.engineName), "to": .string(destination),
                "seconds": .number(elapsed / .seconds(1)),
            ]
            if options.engine == Self.databaseEngine {
                document["unanswered_rows"] = .integer(Int64(outcome.unansweredCount))
            }
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
        try validateTables()
        try validateParts()
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

    private func validateTables() throws {
        let isTable = TablePlace(destination) != nil || destination.hasPrefix(ObjectPlace.scheme)
        if mode != nil || key != nil, !isTable {
            throw ValidationError("--mode and --key are for tables and objects: --to SOURCE#TABLE or SOURCE#KEY")
        }
        if mode == .append || mode == .merge, key == nil {
            throw ValidationError("--mode append and merge need --key, so that a rerun doubles no row")
        }
        if badShare != nil, quarantine == nil, isTable {
            throw ValidationError("--bad-rows needs --quarantine where the result is a table or an object")
        }
        if query != nil, !ResourceName.isValid(source) {
            throw ValidationError("--query needs the name of a source with --from")
        }
        guard options.engine == Self.databaseEngine else { return }
        if query != nil || badShare != nil || strict || explain != nil || keep?.names == [ScoringJob.allColumns] {
            throw ValidationError(
                "--engine sql goes with none of --query, --bad-rows, --strict, --explain, and --keep all")
        }
    }
}
