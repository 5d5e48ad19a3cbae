import Synchronization

/// What the server counts about itself, written as Prometheus text.
///
/// Labels come from bounded sets only: the names of deployed models, the routes, the status and error codes.
public final class ServingMetrics: Sendable {
    private struct RequestKey: Hashable, Comparable {
        var route: String
        var model: String
        var status: Int

        static func < (left: RequestKey, right: RequestKey) -> Bool {
            (left.route, left.model, left.status) < (right.route, right.model, right.status)
        }
    }

    private struct State {
        var requests: [RequestKey: Int] = [:]
        var latencies: [String: LatencyHistogram] = [:]
        var errors: [ServingError.Code: Int] = [:]
        var feedback: [String: Int] = [:]
        var loadFailures: [String: Int] = [:]
        var registryFailures = 0
        var flushFailures = 0
        var gauges: [Gauge] = []
        var sections: [String: @Sendable (inout MetricsText) -> Void] = [:]
    }

    /// A figure that is asked for whenever the metrics are.
    private struct Gauge {
        var name: String
        var kind: MetricsText.Kind
        var help: String
        var read: @Sendable () -> Double
    }

    /// What calls for predictions came to.
    package let calls = CallMetrics()
    private let state = Mutex(State())

    /// Starts with nothing counted.
    public init() { _ = ProcessFigures.startSeconds }

    /// Adds a figure without labels that its owner is asked for whenever the metrics are; of one name the last counts.
    ///
    /// - Parameters:
    ///   - name: The name, which ends in `_total` for what only grows.
    ///   - help: One sentence.
    package func gauge(_ name: String, _ help: String, _ read: @escaping @Sendable () -> Double) {
        let kind = name.hasSuffix("_total") ? MetricsText.Kind.counter : .gauge
        state.withLock { state in
            state.gauges.removeAll { $0.name == name }
            state.gauges.append(Gauge(name: name, kind: kind, help: help, read: read))
        }
    }

    /// Adds families that their owner writes whenever the metrics are asked for; of one name the last counts.
    func section(_ name: String, _ write: @escaping @Sendable (inout MetricsText) -> Void) {
        state.withLock { $0.sections[name] = write }
    }

    /// Shows how many lines an access log had no room for.
    public func observe(_ log: AccessLog) {
        gauge("slipway_access_log_dropped_lines_total", "Lines of the access log that found no room.") {
            Double(log.droppedCount)
        }
    }

    /// Counts a request that was answered or refused.
    ///
    /// - Parameter seconds: How long it took; `nil` for one that was refused before anything was done for it, whose
    ///   time would only hide that of the others.
    package func countRequest(route: String, model: String, status: Int, seconds: Double?) {
        state.withLock { state in
            state.requests[RequestKey(route: route, model: model, status: status), default: 0] += 1
            guard let seconds else { return }
            state.latencies[route, default: LatencyHistogram()].add(seconds: seconds)
        }
    }

    package func countError(code: ServingError.Code) {
        state.withLock { $0.errors[code, default: 0] += 1 }
    }

    func countFeedback(model: String, records: Int) {
        state.withLock { $0.feedback[model, default: 0] += records }
    }

    func countLoadFailure(model: String) {
        state.withLock { $0.loadFailures[model, default: 0] += 1 }
    }

    func countRegistryFailure() {
        state.withLock { $0.registryFailures += 1 }
    }

    func countFlushFailure() {
        state.withLock { $0.flushFailures += 1 }
    }

    /// All figures in the Prometheus text format, version 0.0.4, and which versions of the models answer.
    public func text(of models: ServedModels) -> String {
        let state = state.withLock { $0 }
        let entries = Dictionary(uniqueKeysWithValues: models.entries)
        var text = MetricsText()
        text.family("slipway_requests_total", .counter, "Requests answered, by route, model, and status.")
        for (key, count) in state.requests.sorted(by: { $0.key < $1.key }) {
            let labels = [("route", key.route), ("model", key.model), ("status", "\(key.status)")]
            text.sample("slipway_requests_total", labels, count)
        }
        text.family("slipway_request_seconds", .histogram, "Time from a request's head to its answer, by route.")
        for (route, histogram) in state.latencies.sorted(by: { $0.key < $1.key }) {
            histogram.write("slipway_request_seconds", [("route", route)], to: &text)
        }
        text.family("slipway_errors_total", .counter, "Requests refused, by the code in their answer.")
        for (code, count) in state.errors.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text.sample("slipway_errors_total", [("code", code.rawValue)], count)
        }
        calls.write(to: &text)
        text.family("slipway_feedback_total", .counter, "True outcomes received.", byModel: state.feedback)
        text.family(
            "slipway_model_version", .gauge, "The version that answers.",
            byModel: entries.compactMapValues(\.served?.number))
        text.family(
            "slipway_deployed_version", .gauge, "The version that the registry names.",
            byModel: entries.mapValues(\.wanted))
        text.family("slipway_load_failures_total", .counter, "Versions that did not load.", byModel: state.loadFailures)
        text.family("slipway_registry_failures_total", .counter, "Looks at the registry that failed.")
        text.sample("slipway_registry_failures_total", [], state.registryFailures)
        text.family("slipway_log_flush_failures_total", .counter, "Logs that could not be brought to the disk.")
        text.sample("slipway_log_flush_failures_total", [], state.flushFailures)
        text.addRoles(of: models)
        if let cache = models.cache { text.add(cache.figures) }
        for section in state.sections.sorted(by: { $0.key < $1.key }) { section.value(&text) }
        for gauge in state.gauges.sorted(by: { $0.name < $1.name }) {
            text.family(gauge.name, gauge.kind, gauge.help)
            text.sample(gauge.name, [], gauge.read())
        }
        ProcessFigures().write(to: &text)
        return text.text
    }
}
