import SlipwayData
import SlipwayFeatures
import Testing

@testable import SlipwayServing

struct FeatureFreshnessTests {
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    private func copy(at time: Timestamp) -> FeatureGeneration {
        FeatureGeneration(
            view: "customers", number: 1, key: "id", columns: [], rowCount: 7,
            digest: TableDigest(columns: []).finish(), replicatedAt: time)
    }

    @Test func agesAndLagsAreShownInSeconds() {
        let metrics = ServingMetrics()
        let now = start.adding(milliseconds: 90_000)
        let freshness = FeatureFreshness(metrics: metrics) { now }
        freshness.note(
            "customers", live: copy(at: start), ageMax: .seconds(60), dueAt: start.adding(milliseconds: 30_000))
        freshness.note("orders", live: copy(at: start), ageMax: .seconds(100), dueAt: start)
        freshness.note("fresh", live: nil, ageMax: .seconds(60), dueAt: nil)
        freshness.countRefresh(of: "orders", isDone: true)
        freshness.countRefresh(of: "orders", isDone: false)
        let text = metrics.text(of: ServedModels())
        for line in [
            #"age_seconds{view="customers"} 90.0"#, #"max_age_seconds{view="customers"} 60.0"#,
            #"stale{view="customers"} 1.0"#, #"lag_seconds{view="customers"} 60.0"#, #"rows{view="customers"} 7.0"#,
            #"stale{view="orders"} 0.0"#, #"lag_seconds{view="orders"} 0.0"#,
            #"refreshes_total{view="orders",outcome="done"} 1"#,
            #"refreshes_total{view="orders",outcome="failed"} 1"#, #"stale{view="fresh"} 1.0"#,
        ] { #expect(text.contains("slipway_feature_\(line)\n"), "\(line)") }
    }
}
