import SlipwayData
import SlipwayLoad

/// What a load test found, for people and for programs.
struct LoadTestReport: Sendable {
    let mode: LoadTestMode
    let p99: Duration?
    /// The rates that were tried, in their order.
    let steps: [LoadTest.Step]
    /// The highest rate that holds the p99, where it was looked for and found.
    let rateFound: Double?

    /// The quantiles shown, as shares of the requests.
    private static let quantiles: [(name: String, share: Double)] = [
        ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99_9", 0.999), ("max", 1),
    ]

    /// The step whose latencies are the outcome: the last one at the rate that was found, else the last of all.
    var decisive: LoadTest.Step? { steps.last { $0.rate == rateFound } ?? steps.last }

    /// Whether what was asked for is held; `nil` where no p99 was asked for.
    var isHeld: Bool? {
        switch mode {
        case .findRate: rateFound != nil
        case .rate, .double: p99 == nil ? nil : steps.allSatisfy { $0.isHeld == true }
        }
    }

    /// Whether a program that asks for this test may go on: what was asked for is held, and most requests were answered.
    ///
    /// A search tries rates that are too high, and fails only when it finds none.
    var isPassed: Bool {
        if case .findRate = mode { return isHeld == true }
        return isHeld != false && !steps.contains(where: \.isMostlyFailed)
    }

    /// Whether the client itself was too late at a rate that seemed too high: the server may well hold it.
    ///
    /// Lateness makes latencies longer, never shorter, so a rate that is held in spite of it is held.
    var isClientLate: Bool { steps.contains { $0.result.isClientLate && $0.isHeld != true } }

    // MARK: - For programs

    /// The report for programs.
    var json: JSONObject {
        var members: JSONObject = ["mode": .string(mode.name)]
        members["p99_limit_us"] = p99.map { .number($0 / .microseconds(1)) }
        members["held"] = isHeld.map(JSONValue.boolean)
        if case .findRate = mode { members["rate_found"] = rateFound.map(JSONValue.number) ?? .null }
        members["client_late"] = .boolean(isClientLate)
        if let decisive { members["result"] = .object(Self.json(decisive)) }
        members["steps"] = .array(steps.map { .object(Self.json($0)) })
        return members
    }

    private static func json(_ step: LoadTest.Step) -> JSONObject {
        let result = step.result
        let latencies = quantiles.map { name, share in
            (name: name, value: result.latencies.quantile(share).map { JSONValue.number($0 / 1_000) } ?? .null)
        }
        let failures = result.failures.sorted { $0.key < $1.key }.map { failure, count in
            (name: failure.name, value: JSONValue.integer(Int64(count)))
        }
        var members: JSONObject = [
            "rate": .number(step.rate), "seconds": .number(result.elapsed / .seconds(1)),
            "requests": .integer(Int64(result.requestCount)), "answered": .integer(Int64(result.answeredCount)),
            "answers_per_second": .number(result.answersPerSecond), "latency_us": .object(JSONObject(latencies)),
            "failures": .object(JSONObject(failures)),
            "client_late_p99_us": .number((result.lateness.quantile(0.99) ?? 0) / 1_000),
            "client_late": .boolean(result.isClientLate), "cut_short": .boolean(result.isCutShort),
        ]
        members["held"] = step.isHeld.map(JSONValue.boolean)
        return members
    }

    // MARK: - For people

    /// The report for people.
    var text: String {
        var table = TextTable(
            .number("rate"), .number("answered"), .number("failed"), .number("p50"), .number("p90"), .number("p99"),
            .number("p99.9"), .number("max"), "")
        for step in steps { table.append(Self.cells(step)) }
        return table.text + sentences.map { "\n\($0)" }.joined() + "\n"
    }

    /// One rate as a line, while the test goes on.
    static func line(_ step: LoadTest.Step) -> String {
        let p99 = step.result.latencies.quantile(0.99).map(duration) ?? "none"
        return "\(Self.rate(step.rate)) requests per second: p99 \(p99)\(remark(step).isEmpty ? "" : ", ")"
            + remark(step)
    }

    private static func cells(_ step: LoadTest.Step) -> [String] {
        let result = step.result
        return [
            Self.rate(step.rate), CountText.text(result.answeredCount), CountText.text(result.failedCount),
        ]
            + quantiles.map { result.latencies.quantile($0.share).map(duration) ?? "" } + [remark(step)]
    }

    private static func remark(_ step: LoadTest.Step) -> String {
        if step.result.isClientLate, step.isHeld != true { return "the client was late" }
        if step.result.isCutShort { return "not held, cut short" }
        return step.isHeld.map { $0 ? "held" : "not held" } ?? ""
    }

    /// A rate in requests per second; one below ten keeps its tenths.
    private static func rate(_ rate: Double) -> String {
        rate < 10 && rate != rate.rounded() ? "\((rate * 10).rounded() / 10)" : CountText.text(Int(rate))
    }

    /// A latency in milliseconds, with three figures that matter.
    private static func duration(_ nanoseconds: Double) -> String {
        let milliseconds = nanoseconds / 1e6
        let scale = milliseconds < 9.995 ? 100.0 : milliseconds < 99.95 ? 10.0 : 1.0
        let rounded = (milliseconds * scale).rounded() / scale
        return scale == 1 ? "\(CountText.text(Int(rounded))) ms" : "\(rounded) ms"
    }

    private var sentences: [String] {
        var sentences: [String] = []
        for (failure, count) in (decisive?.result.failures ?? [:]).sorted(by: { $0.key < $1.key }) {
            sentences.append("failed: \(failure.name) \(CountText.text(count))")
        }
        if case .findRate = mode {
            sentences.append(
                rateFound.map {
                    "\(Self.rate($0)) requests per second is the highest rate that holds the p99."
                }
                    ?? "No rate holds the p99.")
        } else if let isHeld, let p99 {
            sentences.append("The p99 of \(HumanText.duration(p99)) is \(isHeld ? "" : "not ")held.")
        }
        if case .findRate = mode {
        } else if steps.contains(where: \.isMostlyFailed) {
            sentences.append("Most requests failed.")
        }
        if isClientLate {
            sentences.append(
                "This client could not keep the rate, so the server may be faster than it seems: give it more --threads, "
                    + "or another machine.")
        }
        return sentences
    }
}
