import Synchronization

/// What the server counts about itself, written as Prometheus text.
///
/// Labels come from bounded sets only: the names of served models, the routes, the status codes.
public final class ServingMetrics: Sendable {
    private struct RequestKey: Hashable {
        var route: String
        var model: String
        var status: Int
    }

    private struct State {
        var requests: [RequestKey: Int] = [:]
        var latencies: [String: LatencyHistogram] = [:]
        var predictions: [String: Int] = [:]
        var feedback: [String: Int] = [:]
        var champions: [String: Int] = [:]
        var loadFailures: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Starts with nothing counted.
    public init() {}

    func countRequest(route: String, model: String, status: Int, seconds: Double) {
        state.withLock { state in
            state.requests[RequestKey(route: route, model: model, status: status), default: 0] += 1
            state.latencies[route, default: LatencyHistogram()].add(seconds: seconds)
        }
    }

    func countPredictions(model: String, rows: Int) {
        state.withLock { $0.predictions[model, default: 0] += rows }
    }

    func countFeedback(model: String, records: Int) {
        state.withLock { $0.feedback[model, default: 0] += records }
    }

    func countLoadFailure(model: String) {
        state.withLock { $0.loadFailures[model, default: 0] += 1 }
    }

    func setChampion(model: String, version: Int) {
        state.withLock { $0.champions[model] = version }
    }

    /// All figures in the Prometheus text format, version 0.0.4.
    public var text: String {
        let state = state.withLock { $0 }
        var text = Self.header("slipway_requests_total", "counter", "Requests answered, by route, model, and status.")
        for (key, count) in state.requests.sorted(by: { ($0.key.route, $0.key.model, $0.key.status) < ($1.key.route, $1.key.model, $1.key.status) }) {
            text += "slipway_requests_total{route=\"\(key.route)\",model=\"\(key.model)\",status=\"\(key.status)\"} \(count)\n"
        }
        text += Self.header("slipway_request_seconds", "histogram", "Time from request to answer, by route.")
        for (route, histogram) in state.latencies.sorted(by: { $0.key < $1.key }) {
            text += histogram.lines(name: "slipway_request_seconds", labels: "route=\"\(route)\"")
        }
        text += Self.series("slipway_predictions_total", "counter", "Rows predicted and logged.", state.predictions)
        text += Self.series("slipway_feedback_total", "counter", "True outcomes received.", state.feedback)
        text += Self.series("slipway_model_version", "gauge", "The version that answers.", state.champions)
        text += Self.series(
            "slipway_load_failures_total", "counter", "Versions that did not load.", state.loadFailures)
        return text
    }

    private static func header(_ name: String, _ type: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private static func series(_ name: String, _ type: String, _ help: String, _ values: [String: Int]) -> String {
        values.sorted { $0.key < $1.key }.reduce(into: header(name, type, help)) { text, entry in
            text += "\(name){model=\"\(entry.key)\"} \(entry.value)\n"
        }
    }
}
