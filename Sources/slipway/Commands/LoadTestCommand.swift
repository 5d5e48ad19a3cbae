import ArgumentParser
import Foundation
import SlipwayData
import SlipwayLoad
import SlipwayModel

/// Puts a server under load.
struct LoadTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "loadtest", abstract: "Put a server under load at a set rate, and say how long answers take.",
        discussion: """
            Requests are sent when they are due, whether or not those before were answered, and latency counts from the \
            moment they were due: a server that stalls is not spared the requests that came meanwhile. Rows are random \
            within the ranges of the model's signature, or yours.

            Examples:
              slipway loadtest http://127.0.0.1:8080 --model churn --rate 500 --duration 30s --output latency.hgrm
              slipway loadtest http://127.0.0.1:8080 --model churn --find-rate --p99 5ms
              slipway loadtest http://127.0.0.1:8080 --model churn --double-expected-max 200 --p99 50ms
              slipway loadtest http://127.0.0.1:8080 --model churn --rate 500 --keys 1..1000000
              slipway loadtest http://mlserver:8080 --model iris --protocol oip --rate 100

            Ends with 1 when a p99 that was asked for is not held, or when most requests fail. When the client itself \
            was late, it says so. \
            With --double-expected-max the server may refuse some (429, 503) of twice the load; what it admits must hold \
            the p99. The server logs the predictions like any others.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The address of the server.") var url: String
    @Option(help: "The model.") var model: String
    @Option(help: "Requests per second; with --find-rate the first rate that is tried.") var rate: Double?
    @Flag(help: "Find the highest rate at which the p99 holds.") var findRate = false
    @Option(help: "The most requests per second that you expect: it is tried, and then twice as much.")
    var doubleExpectedMax: Double?
    @Option(help: "The latency that 99 of 100 requests must keep: 5ms.") var p99: String?
    @Option(help: "How long each rate is kept: 500ms, 30s, 10m.") var duration = "10s"
    @Option(name: .customLong("protocol"), help: "rest (Slipway's own) or oip (Open Inference Protocol).")
    var face = LoadTestSubject.Face.rest
    @Option(help: "A CSV or .jsonl file with the rows; without it, they are random.") var rows: String?
    @Option(help: "Ask by GET for the keys of this range (1..1000000) or CSV file, whose features are looked up.")
    var keys: String?
    @Flag(help: "Send the rows of the project's prediction log again.") var replay = false
    @Option(help: "The environment whose log is sent again.") var environment = Platform.defaultEnvironment
    @Option(help: "The rows of a request.") var batch = 1
    @Option(help: "The most connections at once.") var connections = 64
    @Option(help: "The threads that send.") var threads = 1
    @Option(help: "How long a request may take before it is given up.") var timeout = "5s"
    @Option(help: "The name of the environment variable that holds a bearer token.") var tokenVariable: String?
    @Option(name: .customLong("ca-certificate"), help: "A PEM file with the issuers to trust besides the system's.")
    var issuers: String?
    @Option(help: "A file for the distribution of the latencies, in HdrHistogram's text format (.hgrm).")
    var output: String?

    /// The rate at which a search begins.
    private static let firstRate = 100.0
    /// The longest time for one rate.
    private static let durationMax = Duration.seconds(24 * 3_600)
    /// The most rows of a request.
    private static let batchMax = 10_000

    func validate() throws {
        guard URL(string: url)?.host() != nil else {
            throw ValidationError("'\(url)' is no address such as http://127.0.0.1:8080")
        }
        guard (doubleExpectedMax == nil) || (rate == nil && !findRate),
            rate != nil || findRate || doubleExpectedMax != nil
        else { throw ValidationError("give --rate, --find-rate, or --double-expected-max") }
        guard !findRate || p99 != nil else { throw ValidationError("--find-rate goes with --p99, such as --p99 5ms") }
        for given in [rate, doubleExpectedMax].compactMap(\.self) where !(0.1...LoadPlan.rateMax / 2).contains(given) {
            throw ValidationError("a rate is from 0.1 to \(Int(LoadPlan.rateMax / 2)) requests per second")
        }
        for text in [p99, duration, timeout].compactMap(\.self) {
            guard let time = DurationText.parse(text), time <= Self.durationMax else {
                throw ValidationError("'\(text)' is no duration up to a day: \(DurationText.rule)")
            }
        }
        guard [rows != nil, replay, keys != nil].count(where: { $0 }) < 2 else {
            throw ValidationError("--rows, --replay, and --keys exclude each other")
        }
        guard keys == nil || (face == .rest && batch == 1) else {
            throw ValidationError("--keys goes with no --batch, and with --protocol rest")
        }
        guard (1...Self.batchMax).contains(batch) else {
            throw ValidationError("--batch is from 1 to \(Self.batchMax)")
        }
        guard (1...LoadPlan.connectionCountMax).contains(connections) else {
            throw ValidationError("--connections is from 1 to \(LoadPlan.connectionCountMax)")
        }
        guard (1...LoadClient.threadCountMax).contains(threads) else {
            throw ValidationError("--threads is from 1 to \(LoadClient.threadCountMax)")
        }
    }

    func run() async throws {
        guard let address = URL(string: url) else { return }
        let token = try tokenVariable.map(TokenVariable.token(in:))
        let target = try LoadTarget(address, token: token, issuers: issuers)
        let (source, report) = try await LoadClient.with(target, threadCount: threads) { client in
            let subject = try await LoadTestSubject(
                client, model: model, face: face, needsFields: rows == nil && !replay && keys == nil)
            let (messages, source) = try self.messages(for: subject)
            let requests = LoadRequests(
                messages, expecting: face == .rest ? "model" : "model_name", .string(model))
            try await subject.probe(client, requests)
            return (source, try await test(requests).run(client))
        }
        // Shown first: what took long to measure must not be lost to a file that cannot be written.
        try show(report, source)
        if let output {
            try AtomicFile.write(Array((report.decisive?.result.latencies.distributionText ?? "").utf8), to: output)
        }
        if !report.isPassed { throw ExitCode.failure }
    }

    private var mode: LoadTestMode {
        if let doubleExpectedMax { return .double(expectedMax: doubleExpectedMax) }
        return findRate ? .findRate(from: rate ?? Self.firstRate) : .rate(rate ?? Self.firstRate)
    }

    private func test(_ requests: LoadRequests) -> LoadTest {
        let plan = LoadPlan(
            rate: 1, duration: DurationText.parse(duration) ?? .seconds(10), connectionCount: connections,
            timeout: DurationText.parse(timeout) ?? .seconds(5))
        let isSearch = findRate
        return LoadTest(mode: mode, plan: plan, p99: p99.flatMap(DurationText.parse), requests: requests) { step in
            if isSearch { try? Terminal.print(LoadTestReport.line(step), to: .error) }
        }
    }

    private func messages(
        for subject: LoadTestSubject
    ) throws -> (messages: [LoadRequests.Message], source: String) {
        if let keys {
            let asked = try LoadTestKeys(keys, of: subject)
            return (asked.paths.map { LoadRequests.Message(path: $0) }, asked.source)
        }
        let sent = try rows(for: subject.signature)
        let (path, bodies) = try LoadTestBodies(subject: subject, batch: batch).requests(for: sent)
        return (bodies.map { LoadRequests.Message(path: path, body: $0) }, sent.source)
    }

    private func rows(for signature: Signature?) throws -> LoadTestRows {
        if let rows { return try LoadTestRows(file: rows, for: signature) }
        guard replay else { return LoadTestRows(randomFor: signature) }
        return try LoadTestRows(
            replaying: options.platform().predictionLog(of: model, in: environment), of: model)
    }

    private func show(_ report: LoadTestReport, _ source: String) throws {
        guard options.json else {
            try Terminal.print("\(model) at \(url), \(face.rawValue), rows \(source); from the moment each was due:\n")
            return try Terminal.write(report.text)
        }
        var document: JSONObject = [
            "url": .string(url), "model": .string(model), "protocol": .string(face.rawValue), "rows": .string(source),
            "batch": .integer(Int64(batch)), "connections": .integer(Int64(connections)),
        ]
        for (name, value) in report.json.members { document[name] = value }
        try Terminal.print(.object(document))
    }
}
