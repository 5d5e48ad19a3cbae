import Foundation
import SlipwayData
import SlipwayFeatures
import SlipwayServing
import SlipwayServingTesting
import Testing

@Suite(.serialized) struct StaleFeatureTests {
    private static func serving(_ use: FeatureUse, _ body: @escaping @Sendable (TestServer) async throws -> Void)
        async throws
    {
        let project = try await TestProject.ready()
        // Rows are a millisecond old at least when they are asked for.
        try await Task.sleep(for: .milliseconds(2))
        var binding = try #require(TestProject.bindings["churn"])
        binding.featureUse = use
        try await TestServer.serving(project, bindings: ["churn": binding], body)
    }

    @Test func aPredictionFromStaleRowsSaysSo() async throws {
        try await Self.serving(FeatureUse(ageMax: .zero)) { server in
            let answer = try await server.get("/models/churn/predict?customer_id=1")
            #expect(answer.status == 200)
            #expect(try answer.json["stale_features"] == .boolean(true))
            let complete = try await server.post("/models/churn/predict", Rows.record)
            #expect(try complete.json["stale_features"] == nil)
            let both = try await server.post("/models/churn/predict", "[{\"customer_id\":1},\(Rows.record)]")
            guard case .array(let answers)? = try both.json["predictions"] else { throw POSIXError(.EINVAL) }
            #expect(answers.map { $0["stale_features"] } == [.boolean(true), nil])
        }
    }

    @Test func aPredictionFromStaleRowsIsRefusedWhereTheProjectSaysSo() async throws {
        try await Self.serving(FeatureUse(ageMax: .zero, staleness: .refuse)) { server in
            let answer = try await server.get("/models/churn/predict?customer_id=1")
            #expect(answer.status == 503)
            #expect(try answer.json["error"]?["code"] == .string("features_unavailable"))
            #expect(answer.header("Retry-After") == "60")
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
        }
    }

    @Test func freshRowsAreNotMentioned() async throws {
        try await Self.serving(FeatureUse(ageMax: .seconds(3_600), staleness: .refuse)) { server in
            let answer = try await server.get("/models/churn/predict?customer_id=1")
            #expect(answer.status == 200)
            #expect(try answer.json["stale_features"] == nil)
        }
    }
}
