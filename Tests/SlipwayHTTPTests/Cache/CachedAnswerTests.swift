import Foundation
import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServing
import SlipwayServingTesting
import Testing

@Suite(.serialized) struct CachedAnswerTests {
    private static let cacheHeader = "slipway-cache"

    @Test func theSameInputHoweverItIsWrittenIsAnsweredFromTheCacheAndLogged() async throws {
        let project = try await TestProject.ready()
        let cache = PredictionCache()
        try await TestServer.serving(project, cache: cache) { server in
            let spellings = [
                #"{"age":64,"income":7.5,"contract":"month","region":"north"}"#,
                #"{"region":"north","contract":"month","income":7.50,"age":64.0}"#,
                #"{"customer_id":7,"age":6.4e1,"income":7.5,"contract":"month","region":"north"}"#,
            ]
            var answers: [Answer] = []
            for body in spellings { answers.append(try await server.post("/models/churn/predict", body)) }
            #expect(answers.map { $0.header(Self.cacheHeader) } == [nil, "hit", "hit"])
            #expect(Set(answers.map { $0["id"]?.asValue?.text }).count == 3)
            #expect(Set(answers.map { $0.probability(of: "Yes") }).count == 1)
            let logged = try project.predictions(of: "churn")
            #expect(logged.map(\.isCached) == [false, true, true])
            #expect(logged.last?.key == "7")
            let text = try await server.get("/metrics").text
            #expect(text.contains("slipway_cache_hits_total{} 2\n"))
            let series = "model=\"churn\",version=\"1\",role=\"champion\",protocol=\"rest\""
            #expect(text.contains("slipway_calls_cached_total{\(series)} 2\n"))
            let other = try await server.post(
                "/models/churn/predict", #"{"age":65,"income":7.5,"contract":"month","region":"north"}"#)
            #expect(other.header(Self.cacheHeader) == nil)
        }
    }

    @Test func eachProtocolMarksItsAnswer() async throws {
        let project = try await TestProject.ready()
        try await TestServer.serving(project, cache: PredictionCache()) { server in
            let tensors = #"{"inputs":[{"name":"x","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}]}"#
            let input = try #require(server.models["bare"]?.graphInputs.first?.name)
            let body = tensors.replacing("\"x\"", with: "\"\(input)\"")
            _ = try await server.post("/v2/models/bare/infer", body)
            let answer = try await server.post("/v2/models/bare/infer", body)
            #expect(answer["parameters"]?["cached"] == .boolean(true), "\(answer.text)")
            #expect(answer.header(Self.cacheHeader) == "hit")
            for (path, body) in [
                ("/models/churn/invocations", "{\"dataframe_records\": [\(Rows.record)]}"),
                ("/v1/models/churn:predict", "{\"instances\": [\(Rows.record)]}"),
            ] {
                _ = try await server.post(path, body)
                #expect(try await server.post(path, body).header(Self.cacheHeader) == "hit", "\(path)")
            }
        }
    }

    @Test func anotherVersionNeverAnswersFromTheOldOnesCache() async throws {
        let project = try await TestProject.ready()
        let cache = PredictionCache()
        try await TestServer.serving(project, cache: cache) { server in
            for _ in 0..<2 { _ = try await server.post("/models/churn/predict", Rows.record) }
            #expect(cache.figures.entryCount == 1)
            try project.promote(try project.version("churn@2"))
            #expect(try await server.answers("churn", with: 2))
            let answer = try await server.post("/models/churn/predict", Rows.record)
            #expect(abs((answer.probability(of: "Yes") ?? .nan) - Rows.reference.boosting) < 1e-5)
            #expect(answer.header(Self.cacheHeader) == nil)
            // The old version's answer is gone with it.
            #expect(cache.figures.entryCount == 1)
        }
    }

    @Test func withoutACacheNothingIsKeptOrMarked() async throws {
        try await TestServer.ready { server, project in
            for _ in 0..<2 {
                let answer = try await server.post("/models/churn/predict", Rows.record)
                #expect(answer.header(Self.cacheHeader) == nil)
            }
            #expect(try project.predictions(of: "churn").allSatisfy { !$0.isCached })
            #expect(!(try await server.get("/metrics").text.contains("slipway_cache")))
        }
    }
}
