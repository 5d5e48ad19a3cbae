import Synchronization

/// What calls for stored predictions came to, by model.
final class StoredPredictionFigures: Sendable {
    /// What came of a call.
    enum Outcome: String, CaseIterable {
        case found, stale, unknown, failed
    }

    private let counts = Mutex<[String: [Outcome: Int]]>([:])

    /// Starts to show what is counted in the metrics.
    init(metrics: ServingMetrics) {
        metrics.section("stored_predictions") { [weak self] text in self?.write(to: &text) }
    }

    /// Counts a call.
    func count(_ outcome: Outcome, of model: String) {
        counts.withLock { $0[model, default: [:]][outcome, default: 0] += 1 }
    }

    private func write(to text: inout MetricsText) {
        let name = "slipway_stored_predictions_total"
        text.family(name, .counter, "Calls for stored predictions, by model and by what came of them.")
        for (model, counts) in counts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            for outcome in Outcome.allCases {
                text.sample(name, [("model", model), ("outcome", outcome.rawValue)], counts[outcome] ?? 0)
            }
        }
    }
}
