import Foundation
import SlipwayData
import SlipwayMonitoring
import SlipwayServing
import SlipwayServingTesting
import Testing

@Suite(.serialized) struct DefaultFeatureTests {
    private static let defaults: [String: Value] = [
        "age": .number(9.33202), "income": .number(9.014442), "contract": .string("year"), "region": .string("south"),
    ]

    /// Serves a project whose store has no copy of the view, so that no look-up is answered.
    private static func serving(
        _ defaults: [String: Value], _ body: @escaping @Sendable (TestServer, TestProject) async throws -> Void
    ) async throws {
        let project = try TestProject()
        try project.promote(try project.push("columns-logistic-plain", as: "churn", examples: Rows.examples()))
        var binding = try #require(TestProject.bindings["churn"])
        binding.featureUse.onFailure = .defaults(defaults)
        try await TestServer.serving(project, bindings: ["churn": binding]) { try await body($0, project) }
    }

    @Test func statedValuesStandInForAStoreThatFailsAndTheAnswerAndTheLogSaySo() async throws {
        try await Self.serving(Self.defaults) { server, project in
            let answer = try await server.get("/models/churn/predict?customer_id=1")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(try answer.json["default_features"] == .boolean(true))
            #expect(try answer.json["stale_features"] == nil)
            let yes = try #require(try answer.json["probabilities"]?["Yes"]?.asValue?.asNumber)
            #expect(abs(yes - Rows.customerReference) < 1e-6)
            // What a caller gives needs no stored value.
            #expect(try await server.post("/models/churn/predict", Rows.record).json["default_features"] == nil)
            let records = try project.predictions(of: "churn")
            #expect(records.map(\.features) == ["default", nil])
            #expect(records.first?.inputs["contract"] == .string("year"))
        }
    }

    @Test func valuesThatLeaveAFieldOpenAnswerNobody() async throws {
        try await Self.serving(["age": .number(1)]) { server, _ in
            let answer = try await server.get("/models/churn/predict?customer_id=1")
            #expect(answer.status == 503)
            #expect(try answer.json["error"]?["code"] == "features_unavailable")
            let rest = #"{"customer_id":1,"income":7,"contract":"month","region":"north"}"#
            let given = try await server.post("/models/churn/predict", rest)
            #expect(given.status == 200 && given["default_features"] == .boolean(true))
        }
    }

    @Test func aValueThatTheModelDoesNotTakeIsRefusedWhenItIsLoaded() async throws {
        let error = await #expect(throws: (any Error).self) {
            try await Self.serving(["income": .string("much")]) { _, _ in }
        }
        #expect("\(try #require(error))".contains("the default of 'income' is none for the model"))
    }

    @Test func theDocumentSaysThatAnAnswerMayHoldStatedValues() async throws {
        try await Self.serving(Self.defaults) { server, _ in
            let document = try await server.get("/openapi.json")
            let properties = document["components"]?["schemas"]?["churn_prediction"]?["properties"]
            #expect(properties?["default_features"] != nil && properties?["stale_features"] == nil)
        }
    }
}
