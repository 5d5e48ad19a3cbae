import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import Testing

/// What is stored of a customer is not told to whoever has only the key.
@Suite(.serialized) struct HiddenFeatureTests {
    private static func serving(
        contract: String, privacy: [String: PrivacyPolicy] = [:],
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let project = try await TestProject.ready()
        try await project.replicate(
            try Table(columns: [
                Column(name: "customer_id", values: .integers([1])), Column(name: "age", values: .numbers([50])),
                Column(name: "income", values: .numbers([9])), Column(name: "contract", values: .strings([contract])),
                Column(name: "region", values: .strings(["south"])),
            ]))
        var binding = try #require(TestProject.bindings["churn"])
        binding.viewPrivacy = privacy
        try await TestServer.serving(project, bindings: ["churn": binding], body)
    }

    @Test func aStoredValueThatDoesNotFitIsNamedByItsFieldAlone() async throws {
        try await Self.serving(contract: "SECRETPLAN") { server in
            let answer = try await server.get("/models/churn/predict?customer_id=1")
            #expect(answer.status == 422)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(text.contains("contract") && !text.contains("SECRETPLAN"), "\(text)")
            let own = try await server.post("/models/churn/predict", #"{"customer_id":1,"contract":"MYPLAN"}"#)
            #expect(String(decoding: own.body, as: UTF8.self).contains("MYPLAN"))
        }
    }

    @Test func reasonsDoNotShowWhatTheSourceKeepsEncrypted() async throws {
        try await Self.serving(contract: "year", privacy: ["contract": .drop]) { server in
            let answer = try await server.get("/models/churn/predict?customer_id=1&explain=9")
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(
                answer.status == 200 && text.contains("whose value is not shown") && !text.contains("year"), "\(text)")
            let own = try await server.post("/models/churn/predict?explain=9", #"{"customer_id":1,"contract":"year"}"#)
            #expect(String(decoding: own.body, as: UTF8.self).contains("year"))
        }
    }
}
