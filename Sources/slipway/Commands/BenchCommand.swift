import ArgumentParser
import SlipwayData
import SlipwayModel

/// Says what a model costs on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure what a model costs on this machine.",
        discussion: """
            Rows go in as cells and come out as predictions, the way serving calls a model, without the network. Each \
            call gets other rows. Without --rows they are drawn at random from the ranges and categories of the \
            signature; your own rows say more, for a tree is as deep as the rows that reach it.

            Examples:
              slipway bench churn
              slipway bench churn@3 --rows rows.csv --batch 1000
              slipway bench model.onnx --engine onnxruntime --callers 4 --json
              slipway bench churn --batch 10000 --threads 4

            With --json: us_per_row (of the median call), engine_us_per_row (the engine alone), rows_per_second (all \
            callers together), call_us (p50, p90, p99, p99_9), load_seconds, batch, threads, callers, calls, rows, engine.
            """)

    /// The longest run.
    private static let durationMax = Duration.seconds(600)
    /// The most callers at once.
    private static let callersMax = 256
    /// The most rows of a call.
    private static let batchMax = 1_000_000

    @OptionGroup var options: ModelOptions
    @Option(help: "A CSV file with the rows; without it, they are random.") var rows: String?
    @Option(help: "The rows of a call.") var batch = 1
    @Option(help: "The most threads that one call may use.") var threads = 1
    @Option(help: "How many callers share the loaded model, each on a thread of its own.") var callers = 1
    @Option(help: "How long to call: 500ms, 2s, 1m.") var duration = "2s"

    func validate() throws {
        guard (1...Self.batchMax).contains(batch) else {
            throw ValidationError("--batch is from 1 to \(Self.batchMax)")
        }
        guard (1...Engines.threadsMax).contains(threads) else {
            throw ValidationError("--threads is from 1 to \(Engines.threadsMax)")
        }
        guard (1...Self.callersMax).contains(callers) else {
            throw ValidationError("--callers is from 1 to \(Self.callersMax)")
        }
        guard let duration = DurationText.parse(duration), duration <= Self.durationMax else {
            throw ValidationError("--duration is 10 minutes at most: \(DurationText.rule)")
        }
    }

    func run() async throws {
        let file = try rows.map { try RowsFile(path: $0) }
        let engines = try Engines.named(options.engine, threads: threads)
        let started = ContinuousClock.now
        let (signature, graph) = try options.locator().description(rows: file)
        let loaded = try Model(signature: signature, graph: graph, engines: engines)
        let load = ContinuousClock.now - started
        let rows = try benchmarkRows(file, for: signature)
        let benchmark = ModelBenchmark(callers: callers, duration: DurationText.parse(duration) ?? .seconds(1))
        let whole = try benchmark.measure(loaded, rows: rows)
        let report = BenchmarkReport(
            model: options.model, engine: loaded.predictor.engineName, rows: (rows.source, rows.distinctCount),
            batch: batch,
            threads: threads, callers: callers, load: load, whole: whole,
            engineAlone: try engineAlone(loaded, graph, rows: rows, benchmark: benchmark))
        if options.json {
            try Terminal.print(.object(report.json))
        } else {
            try Terminal.write(report.text)
        }
    }

    private func benchmarkRows(_ file: RowsFile?, for signature: Signature) throws -> BenchmarkRows {
        guard let file else { return try BenchmarkRows(randomFor: signature, batch: batch) }
        return try BenchmarkRows(of: file.table(for: signature), named: rows ?? "", for: signature, batch: batch)
    }

    /// The engine's own share; `nil` where the model takes rows one by one and calls are not the engine's.
    private func engineAlone(
        _ model: Model, _ graph: Graph, rows: BenchmarkRows, benchmark: ModelBenchmark
    ) throws -> ModelBenchmark.Result? {
        guard batch == 1 || !graph.readsOneRow else { return nil }
        let encoder = InputEncoder(model.signature, for: graph.inputs)
        return try benchmark.measure(model.predictor, inputs: rows.calls.map { try encoder.tensors(of: $0) })
    }
}
