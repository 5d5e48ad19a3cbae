public import SlipwayData
public import SlipwayFeatures
import Synchronization

/// How old the copies of feature views are that a server answers from, and how their refreshes went.
public final class FeatureFreshness: Sendable {
    private struct View {
        var ageMax: Duration?
        var dueAt: Timestamp?
        var live: FeatureGeneration?
        var refreshedCount = 0
        var failedCount = 0
    }

    private let views = Mutex<[String: View]>([:])

    /// Starts to show what is noted in the metrics.
    public init(metrics: ServingMetrics, now: @escaping @Sendable () -> Timestamp = { .now() }) {
        metrics.section("freshness") { [weak self] text in self?.write(to: &text, at: now()) }
    }

    /// Notes which copy of a view is live, from what age it is stale, and when it was last to be refreshed.
    public func note(_ view: String, live: FeatureGeneration?, ageMax: Duration?, dueAt: Timestamp?) {
        views.withLock { views in
            views[view, default: View()].live = live
            views[view, default: View()].ageMax = ageMax
            views[view, default: View()].dueAt = dueAt
        }
    }

    /// Counts a refresh.
    public func countRefresh(of view: String, isDone: Bool) {
        views.withLock { views in
            if isDone {
                views[view, default: View()].refreshedCount += 1
            } else {
                views[view, default: View()].failedCount += 1
            }
        }
    }

    private func write(to text: inout MetricsText, at now: Timestamp) {
        let views = views.withLock { $0 }.sorted { $0.key < $1.key }
        func gauge(_ name: String, _ help: String, _ value: (View) -> Double?) {
            let name = "slipway_feature_\(name)"
            text.family(name, .gauge, help)
            for (view, figures) in views {
                if let value = value(figures) { text.sample(name, [("view", view)], value) }
            }
        }
        gauge("age_seconds", "Time since the source was asked for the rows that are live, by feature view.") {
            $0.live.map { $0.age(at: now) / .seconds(1) }
        }
        gauge("max_age_seconds", "The age from which rows are stale.") { $0.ageMax.map { $0 / .seconds(1) } }
        gauge("stale", "1 where the rows that are live are older than they may be, or there are none.") { view in
            view.ageMax.map { ageMax in view.live.map { $0.age(at: now) > ageMax } ?? true ? 1 : 0 }
        }
        gauge("lag_seconds", "Time for which a scheduled refresh has been due; 0 where it was done.") { view in
            view.dueAt.map { due in
                let isDone = view.live.map { $0.replicatedAt >= due } ?? false
                return isDone ? 0 : max(0, Double(now.milliseconds - due.milliseconds) / 1_000)
            }
        }
        gauge("rows", "The rows that are live.") { $0.live.map { Double($0.rowCount) } }
        let refreshes = "slipway_feature_refreshes_total"
        text.family(refreshes, .counter, "Refreshes that this server made, by feature view and by what came of it.")
        for (view, figures) in views {
            text.sample(refreshes, [("view", view), ("outcome", "done")], figures.refreshedCount)
            text.sample(refreshes, [("view", view), ("outcome", "failed")], figures.failedCount)
        }
    }
}
