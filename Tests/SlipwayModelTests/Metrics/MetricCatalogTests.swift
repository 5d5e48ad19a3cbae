import SlipwayModel
import Testing

struct MetricCatalogTests {
    @Test func everyMetricSaysWhichWayIsBetter() {
        for kind in Signature.Task.Kind.allCases {
            for name in MetricCatalog.names(for: kind) { #expect(MetricCatalog.higherIsBetter(name) != nil) }
        }
        #expect(MetricCatalog.higherIsBetter("roc_auc") == true)
        #expect(MetricCatalog.higherIsBetter("rmse") == false)
        #expect(MetricCatalog.higherIsBetter("beauty") == nil)
    }

    @Test func uninterpretedModelsHaveNoMetrics() {
        #expect(MetricCatalog.names(for: .other).isEmpty)
    }
}
