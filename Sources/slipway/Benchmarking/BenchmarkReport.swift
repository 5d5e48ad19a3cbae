import SlipwayData
import SlipwayLoad

/// What a model costs on this machine, for people and for programs.
struct BenchmarkReport: Sendable {
    /// The model as it was named.
    var model: String
    /// The engine that ran it.
    var engine: String
    /// Where the rows came from, and how many different ones there were.
    var rows: (source: String, distinctCount: Int)
    /// The rows of a call.
    var batch: Int
    /// The most threads that a call may use.
    var threads: Int
    /// The callers at once.
    var callers: Int
    /// From the file to a model that can answer.
    var load: Duration
    /// Rows of cells in, predictions out: as serving calls a model.
    var whole: ModelBenchmark.Result
    /// Tensors in, tensors out; `nil` where it cannot be told apart.
    var engineAlone: ModelBenchmark.Result?

    /// The quantiles shown, as shares of the calls.
    private static let quantiles: [(name: String, share: Double)] = [
        ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99_9", 0.999),
    ]

    private var rowsPerSecond: Double { Double(whole.calls.count * batch) / max(whole.elapsed / .seconds(1), 1e-9) }

    /// A row's share of the median call: what a busy machine delays counts in the quantiles, not here.
    private func microsecondsPerRow(_ result: ModelBenchmark.Result) -> Double {
        (result.calls.quantile(0.5) ?? 0) / 1_000 / Double(batch)
    }

    /// The report for programs.
    var json: JSONObject {
        let latencies = Self.quantiles.map { name, share in
            (name: name, value: whole.calls.quantile(share).map { JSONValue.number($0 / 1_000) } ?? .null)
        }
        return [
            "model": .string(model), "engine": .string(engine), "us_per_row": .number(microsecondsPerRow(whole)),
            "engine_us_per_row": engineAlone.map { .number(microsecondsPerRow($0)) } ?? .null,
            "rows_per_second": .number(rowsPerSecond), "call_us": .object(JSONObject(latencies)),
            "load_seconds": .number(load / .seconds(1)), "batch": .integer(Int64(batch)),
            "threads": .integer(Int64(threads)), "callers": .integer(Int64(callers)),
            "calls": .integer(Int64(whole.calls.count)),
            "rows": .object([
                "source": .string(rows.source), "distinct": .integer(Int64(rows.distinctCount)),
            ]),
        ]
    }

    /// The report for people.
    var text: String {
        let callers = callers == 1 ? "one caller" : "\(callers) callers at once"
        let threads = threads == 1 ? "" : ", up to \(threads) threads each"
        let size = batch == 1 ? "one row per call" : "\(CountText.text(batch)) rows per call"
        var table = TextTable("", .number("measured"))
        table.append("a row", Self.microseconds(microsecondsPerRow(whole)))
        if let engineAlone {
            table.append("  of it in the engine", Self.microseconds(microsecondsPerRow(engineAlone)))
        }
        table.append("rows per second", CountText.text(Int(rowsPerSecond)))
        for (name, share) in Self.quantiles {
            let latency = whole.calls.quantile(share) ?? 0
            table.append("a call, \(name.replacing("_", with: "."))", Self.microseconds(latency / 1_000))
        }
        table.append("loading the model", HumanText.duration(load))
        return
            "\(model) on the engine \(engine): \(size), \(callers)\(threads), \(CountText.text(whole.calls.count)) calls\n"
            + "rows: \(CountText.text(rows.distinctCount)) different ones, \(rows.source)\n\n" + table.text
    }

    /// A time with three figures that matter.
    private static func microseconds(_ value: Double) -> String {
        guard value < 999.5 else { return HumanText.duration(.microseconds(value)) }
        let scale = value < 9.995 ? 100.0 : value < 99.95 ? 10.0 : 1.0
        let rounded = (value * scale).rounded() / scale
        return scale == 1 ? "\(Int(rounded)) µs" : "\(rounded) µs"
    }
}
