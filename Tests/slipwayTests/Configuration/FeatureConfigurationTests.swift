import SlipwayData
import SlipwayFeatures
import SlipwayServing
import Testing

@testable import slipway

struct FeatureConfigurationTests {
    private func settings(_ view: String, models: String = "") -> String {
        "project: p\nsources: { s: { type: csv, path: d } }\n"
            + "features:\n  v: { from: s, query: select 1, key: k, \(view) }\n\(models)"
    }

    @Test func aViewSaysWhatAnswersWhereTheStoreCannot() throws {
        func behaviour(_ view: String) throws -> FeatureUse.FailureBehaviour {
            try ConfigurationText.configuration(settings(view)).feature(named: "v").use.onFailure
        }
        #expect(try behaviour("max_age: 1h") == .fail)
        #expect(try behaviour("on_failure: fail") == .fail)
        #expect(try behaviour("on_failure: stale, lookup: { cache: 10s }") == .stale)
        #expect(
            try behaviour("on_failure: default, defaults: { tenure: 12, contract: One year, member: true }")
                == .defaults(["tenure": .integer(12), "contract": .string("One year"), "member": .boolean(true)]))
    }

    @Test(arguments: [
        ("on_failure: stale", "rows from before are those of the cache; write lookup: { cache: 10s }"),
        ("on_failure: default", "default needs the values; write defaults: { tenure: 12 }"),
        ("defaults: { a: 1 }", "values stand in for stored ones with on_failure: default only"),
        ("on_failure: fail, defaults: { a: 1 }", "values stand in for stored ones with on_failure: default only"),
        ("on_failure: default, defaults: { k: 1 }", "the key column 'k' is what is looked up by, and has no default"),
        ("on_failure: default, defaults: { a: [1] }", "is not a single value"),
        ("on_failure: default, defaults: {}", "where columns with values belong"),
        ("on_failure: default, defaults: 12", "where columns with values belong"),
        ("on_failure: defualt, defaults: { a: 1 }", "did you mean 'default'?"),
    ])
    func settingsThatMakeNoSenseAreRefused(view: String, words: String) {
        let problems = ConfigurationText.problems(settings(view))
        #expect(problems.contains(words), "\(problems)")
        #expect(problems.split(separator: "\n").count == 1, "\(problems)")
    }

    @Test func aViewOfStoredPredictionsKnowsItsColumns() throws {
        let models = "models:\n  churn: { predictions: v }\n  value: { features: v }\n"
        let project = try ConfigurationText.configuration(settings("max_age: 36h", models: models))
        let view = try project.feature(named: "v")
        #expect(view.predictionsOf == ["churn"] && view.time == "scored_at" && view.use.timeColumn == "scored_at")
        #expect(view.featureView.neededColumns.keys.sorted() == ["model_version", "scored_at"])
        let own = try ConfigurationText.configuration(settings("time: made_at", models: models)).feature(named: "v")
        #expect(own.time == "made_at")
        let plain = try ConfigurationText.configuration(settings("max_age: 1h")).feature(named: "v")
        #expect(plain.time == nil && plain.featureView.neededColumns.isEmpty)
        let unknown = ConfigurationText.problems(
            settings("max_age: 1h", models: "models: { churn: { predictions: w } }"))
        #expect(unknown.contains("models.churn.predictions: 'w' is not a feature view of this file"))
    }
}
