import SlipwayAccess
import SlipwayServingTesting
import Testing

/// How often a key may call, over a real socket.
@Suite(.serialized) struct RateLimitTests {
    @Test func whoAsksMoreOftenThanItsKeyIsForIsToldWhenToComeAgain() async throws {
        try await KeyedServer.with { keyed in
            // One a thousand seconds: nothing drips while the test runs, however slow the machine is.
            let limited = try await keyed.key(Scope(.view), rateLimit: 0.01)
            let other = try await keyed.key(Scope(.view))
            let answer = try await keyed.send("GET", "/models", limited)
            #expect(answer.status == 429)
            #expect(answer.error?.code == "rate_limited")
            #expect(answer.error?.message == "this key is for 0.01 requests a second")
            let seconds = try #require(answer.header("Retry-After").flatMap(Int.init))
            #expect((1...100).contains(seconds))
            #expect(try await keyed.send("GET", "/models", other).status == 200)
            #expect(try await keyed.send("GET", "/health/live", limited).status == 200)
        }
    }

    @Test func aBurstOfASecondsWorthPasses() async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(.view), rateLimit: 100)
            for _ in 0..<50 { #expect(try await keyed.send("GET", "/models", secret).status == 200) }
        }
    }

    @Test func whatIsRefusedForTheRateIsCountedAndNotPredicted() async throws {
        try await KeyedServer.with { keyed in
            let limited = try await keyed.key(Scope(.predict), rateLimit: 0.01)
            let viewer = try await keyed.key(Scope(.view))
            for _ in 0..<3 {
                let answer = try await keyed.send("POST", "/models/churn/predict", limited, body: Rows.record)
                #expect(answer.status == 429)
            }
            #expect(try keyed.project.predictions(of: "churn").isEmpty)
            let metrics = try await keyed.send("GET", "/metrics", viewer).text
            #expect(metrics.contains(#"slipway_errors_total{code="rate_limited"} 3"#))
        }
    }
}
