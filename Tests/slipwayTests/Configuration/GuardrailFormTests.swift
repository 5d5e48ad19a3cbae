import SlipwayRegistry
import SlipwayServing
import Testing

@testable import slipway

struct GuardrailFormTests {
    private static func model(_ guardrail: String) -> String {
        "project: telco\nmodels:\n  churn: { target: churn, guard: \(guardrail) }\n"
    }

    @Test func whatIsNotSaidStaysAsItIsAndNoneLiftsALimit() throws {
        let text = Self.model("{ error_rate: 0.02, latency_ratio: none, minimum_calls: 500 }")
        var expected = Guardrail()
        expected.errorRateMax = 0.02
        expected.latencyRatioMax = nil
        expected.callCountMin = 500
        #expect(try ConfigurationText.configuration(text).models["churn"]?.guardrail == expected)
    }

    @Test(
        arguments: [
            ("{ error_rate: 5 }", "not between 0 and 1"), ("{ latency_ratio: 0.5 }", "not between 1 and 1000"),
            ("{ minimum_calls: 3 }", "whole number from 10"), ("{ level: 0.9 }", "not between"),
            ("{ acuracy_loss: 0.1 }", "accuracy_loss"),
        ])
    func mistakesAreNamed(guardrail: String, problem: String) {
        #expect(ConfigurationText.problems(Self.model(guardrail)).contains(problem))
    }

    @Test func aCacheIsOffUntilItIsAskedForAndHasLimitsThen() throws {
        #expect(try ConfigurationText.configuration("project: telco\n").serving.cache == nil)
        let text = "project: telco\nserving: { cache: { entries: 500, size: 2MB } }\n"
        #expect(
            try ConfigurationText.configuration(text).serving.cache
                == PredictionCache.Limits(entryCountMax: 500, byteCountMax: 2_000_000))
        #expect(ConfigurationText.problems("project: telco\nserving: { cache: { size: 0 } }\n").contains("not a size"))
    }
}
