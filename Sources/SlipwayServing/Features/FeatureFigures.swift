import SlipwayData
import Synchronization

/// What look-ups in the serving store came to, by feature view.
final class FeatureFigures: Sendable {
    private struct View {
        var latencies = LatencyHistogram()
        var foundCount = 0
        var unknownCount = 0
        var cachedCount = 0
        var failedCount = 0
        var standInCounts: [FeatureStandIn: Int] = [:]
    }

    private let views = Mutex<[String: View]>([:])

    /// Counts a look-up that was answered by the store or the cache.
    func count(_ view: String, found: Int, unknown: Int, cached: Int, seconds: Double) {
        views.withLock { views in
            views[view, default: View()].latencies.add(seconds: seconds)
            views[view, default: View()].foundCount += found
            views[view, default: View()].unknownCount += unknown
            views[view, default: View()].cachedCount += cached
        }
    }

    /// Counts keys for which something stood in, because the store could not answer.
    func count(_ view: String, standIns kind: FeatureStandIn, _ count: Int) {
        views.withLock { $0[view, default: View()].standInCounts[kind, default: 0] += count }
    }

    /// Counts a look-up that was not answered.
    func countFailure(_ view: String) { views.withLock { $0[view, default: View()].failedCount += 1 } }

    func write(to text: inout MetricsText) {
        let views = views.withLock { $0 }.sorted { $0.key < $1.key }
        let name = "slipway_feature_keys_total"
        text.family(name, .counter, "Keys that were looked up, by feature view and by what came of it.")
        for (view, figures) in views {
            for (outcome, count) in [
                ("found", figures.foundCount), ("unknown", figures.unknownCount), ("cached", figures.cachedCount),
                ("stale", figures.standInCounts[.stale] ?? 0), ("default", figures.standInCounts[.default] ?? 0),
            ] { text.sample(name, [("view", view), ("outcome", outcome)], count) }
        }
        text.family("slipway_feature_lookup_failures_total", .counter, "Look-ups that were not answered.")
        for (view, figures) in views {
            text.sample("slipway_feature_lookup_failures_total", [("view", view)], figures.failedCount)
        }
        text.family("slipway_feature_lookup_seconds", .histogram, "Time of a look-up, by feature view.")
        for (view, figures) in views {
            figures.latencies.write("slipway_feature_lookup_seconds", [("view", view)], to: &text)
        }
    }
}
