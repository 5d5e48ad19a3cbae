import SlipwayModel
import Testing

@testable import slipway

struct GateConditionConfigurationTests {
    @Test func everyMetricThatIsComputedMayBeNamed() throws {
        for metric in MetricCatalog.names(for: .binary) + MetricCatalog.names(for: .regression) {
            #expect(
                try gate("{ metric: \(metric), at_least: 0.5 }") == [
                    .atLeast(metric: metric, threshold: 0.5, slice: nil)
                ])
        }
    }

    @Test func aComparisonWithoutConfidenceComparesTheFigures() throws {
        let gate = try gate("{ metric: rmse, not_worse_than_champion: 0.1 }")
        #expect(gate == [.notWorseThanChampion(metric: "rmse", margin: 0.1, confidence: nil)])
    }

    @Test(arguments: ["rmse", "mae", "r2", "log_loss"])
    func metricsWithoutAnUpperBoundTakeAnyNumber(metric: String) throws {
        #expect(try gate("{ metric: \(metric), at_most: 12.5 }").count == 1)
        #expect(try gate("{ metric: \(metric), at_least: -3 }").count == 1)
    }

    @Test(arguments: ["roc_auc", "accuracy", "brier", "macro_f1"])
    func sharesAboveOneAreMistakes(metric: String) {
        #expect(ConfigurationText.problems(text("{ metric: \(metric), at_least: 80 }")).contains("not between 0 and 1"))
    }

    private func text(_ condition: String) -> String {
        "project: telco\nmodels: { churn: { target: churn, gate: [\(condition)] } }\n"
    }

    private func gate(_ condition: String) throws -> [GateConditionConfiguration] {
        try ConfigurationText.configuration(text(condition)).model(named: "churn").gate
    }
}
