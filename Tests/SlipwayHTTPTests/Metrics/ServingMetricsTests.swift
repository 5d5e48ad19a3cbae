import SlipwayServingTesting
import Testing

@testable import SlipwayServing

@Suite(.serialized) struct ServingMetricsTests {
    @Test func everyLineIsWhatPrometheusReads() async throws {
        try await TestServer.ready { server, _ in
            for body in [Rows.record, "[]", "{", Rows.record] {
                _ = try await server.post("/models/churn/predict", body)
            }
            _ = try await server.get("/models/churn/predict?customer_id=1")
            _ = try await server.post("/models/churn/feedback", #"{"key":"1","actual":"Yes"}"#)
            _ = try await server.get("/wp-login.php?\"x\\")
            _ = try await server.get("/models/nobody")
            _ = try await server.send("DELETE", "/models/churn")
            let answer = try await server.get("/metrics")
            #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
            let exposition = try Exposition(answer.text)

            func value(_ name: String, _ labels: [String: String]) -> Double? {
                exposition.samples.first { $0.name == name && $0.labels == labels }?.value
            }
            let route = "/models/{model}/predict"
            #expect(value("slipway_requests_total", ["route": route, "model": "churn", "status": "200"]) == 3)
            #expect(value("slipway_requests_total", ["route": route, "model": "churn", "status": "400"]) == 2)
            #expect(value("slipway_requests_total", ["route": "/models/{model}", "model": "", "status": "404"]) == 1)
            #expect(value("slipway_requests_total", ["route": "unknown", "model": "", "status": "404"]) == 1)
            #expect(value("slipway_requests_total", ["route": "unknown", "model": "", "status": "405"]) == 1)
            #expect(value("slipway_errors_total", ["code": "malformed"]) == 2)
            #expect(value("slipway_errors_total", ["code": "unknown_route"]) == 1)
            let series = ["model": "churn", "version": "1", "role": "champion", "protocol": "rest"]
            #expect(value("slipway_predictions_total", series) == 3)
            #expect(value("slipway_feedback_total", ["model": "churn"]) == 1)
            #expect(value("slipway_model_version", ["model": "churn"]) == 1)
            #expect(value("slipway_request_seconds_count", ["route": route]) == 5)
            #expect(try #require(value("slipway_request_seconds_sum", ["route": route])) > 0)
        }
    }

    @Test func bucketsGrowToTheCountOfTheirSeries() throws {
        let metrics = ServingMetrics()
        for seconds in [0.00001, 0.0003, 0.0003, 0.7, 100] {
            metrics.countRequest(route: "/r", model: "m", status: 200, seconds: seconds)
        }
        let buckets = try Exposition(metrics.text(of: ServedModels())).samples.filter {
            $0.name == "slipway_request_seconds_bucket"
        }
        #expect(buckets.map(\.value) == buckets.map(\.value).sorted())
        func count(_ bound: String) -> Double? { buckets.first { $0.labels["le"] == bound }?.value }
        #expect(count("5e-05") == 1)
        #expect(count("0.00025") == 1)
        #expect(count("0.0005") == 3)
        #expect(count("1.0") == 4)
        #expect(count("+Inf") == 5)
    }

    @Test func valuesOfLabelsAreEscaped() {
        #expect(MetricsText.escaped("a\"b\\c\nd") == "a\\\"b\\\\c\\nd")
        #expect(Array(MetricsText.escaped("\"\u{301}").utf8) == Array("\\\"\u{301}".utf8))
    }
}
