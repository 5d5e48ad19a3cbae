import Foundation
import SlipwayMonitoring
import SlipwayServingTesting
import SlipwayTesting
import Testing

@testable import SlipwayServing

@Suite(.serialized) struct CallMetricsTests {

    @Test func callsCountByModelVersionProtocolAndCode() async throws {
        try await TestServer.ready { server, _ in
            for body in [Rows.record, Rows.record, "[]"] {
                _ = try await server.post("/models/churn/predict", body)
            }
            _ = try await server.post("/models/nobody/predict", Rows.record)
            _ = try await server.post("/models/churn/invocations", #"{"dataframe_records":[\#(Rows.record)]}"#)
            _ = try await server.post("/v1/models/churn:predict", #"{"instances":[\#(Rows.record)]}"#)
            _ = try await server.post("/v2/models/churn/infer", "{}")
            _ = try await server.get("/models/churn")
            let samples = try Exposition(try await server.get("/metrics").text).samples
            let calls = samples.filter { $0.name == "slipway_calls_total" }
            func count(_ model: String, _ version: String, _ face: String, _ code: String) -> Double? {
                let role = version.isEmpty ? "" : "champion"
                return calls.first {
                    $0.labels == ["model": model, "version": version, "role": role, "protocol": face, "code": code]
                }?.value
            }
            #expect(count("churn", "1", "rest", "ok") == 2)
            #expect(count("churn", "1", "rest", "malformed") == 1)
            #expect(count("", "", "rest", "unknown_model") == 1)
            #expect(count("churn", "1", "mlflow", "ok") == 1)
            #expect(count("churn", "1", "tensorflow", "ok") == 1)
            #expect(count("churn", "1", "oip_http", "malformed") == 1)
            #expect(calls.map(\.value).reduce(0, +) == 7)
            let timed = samples.first {
                $0.name == "slipway_call_seconds_count" && $0.labels["protocol"] == "rest"
            }
            #expect(timed?.value == 2)
            #expect(samples.contains { $0.name == "slipway_log_waiting_bytes" && $0.value == 0 })
            #expect(samples.contains { $0.name == "slipway_log_unsynced_seconds" && $0.value >= 0 })
        }
    }

    @Test func namesThatCallersMakeUpNeverBecomeLabels() async throws {
        try await TestServer.ready { server, _ in
            for index in 0..<50 { _ = try await server.post("/models/made-up-\(index)/predict", "{}") }
            let text = try await server.get("/metrics").text
            #expect(!text.contains("made-up"))
            let calls = try Exposition(text).samples.filter { $0.name == "slipway_calls_total" }
            #expect(calls.count == 1 && calls.first?.value == 50)
        }
    }

    @Test func beyondTheLimitOfSeriesCallsCountUnderNoModel() throws {
        let figures = CallMetrics(tallyCountMax: 2)
        for version in 1...4 { figures.countRefusal(.rest, ("m", version), code: .malformed, latency: .zero) }
        var text = MetricsText()
        figures.write(to: &text)
        let calls = try Exposition(text.text).samples.filter { $0.name == "slipway_calls_total" }
        #expect(calls.map { $0.labels["version"] } == ["", "1", "2"])
        #expect(calls.map(\.value) == [2, 1, 1])
    }

    @Test func beyondTheLimitATrialStillSeesItsCalls() {
        let figures = CallMetrics(tallyCountMax: 0)
        let own = figures.tally(of: "m", version: 1, as: .challenger)
        own.count(.answered(rowCount: 1, latency: .zero, modelTime: .zero), by: .rest)
        #expect(figures.tally(of: "m", version: 1, as: .challenger).arm.calls == 1)
        #expect(figures.figures(of: "m", version: 1).successes.count == 1)
    }

    @Test func figuresOfAVersionAreThoseOfItsAnswersToCallers() {
        let figures = CallMetrics()
        for role in PredictionRecord.Role.allCases {
            let tally = figures.tally(of: "m", version: 1, as: role)
            tally.count(.answered(rowCount: 3, latency: .seconds(2), modelTime: .seconds(1)), by: .rest)
            tally.count(.answered(rowCount: 1, latency: .seconds(1), modelTime: nil), by: .mlflow)
            tally.count(.failed(.inferenceFailed, latency: .seconds(5)), by: .rest)
            tally.count(.refused(.malformed, latency: .seconds(7)), by: .rest)
        }
        let sum = figures.figures(of: "m", version: 1)
        #expect(sum.successes == CallFigures.Total(count: 4, duration: .seconds(6)))
        #expect(sum.failures == CallFigures.Total(count: 4, duration: .seconds(24)) && sum.ownFailureCount == 2)
        #expect(sum.runs == CallFigures.Total(count: 2, duration: .seconds(2)) && sum.cachedCount == 2)
        #expect(sum.rowCount == 8 && sum.lastAnswer != nil)
        #expect(figures.figures(of: "m", version: 2).successes.count == 0)
    }

    @Test func theProcessSaysWhatItTakes() async throws {
        try await TestServer.ready { server, _ in
            let samples = try Exposition(try await server.get("/metrics").text).samples
            func value(_ name: String) throws -> Double {
                try #require(samples.first { $0.name == name && $0.labels.isEmpty }).value
            }
            #expect(try value("process_cpu_seconds_total") > 0)
            #expect(try value("process_resident_memory_bytes") > 1e6)
            #expect(try value("process_virtual_memory_bytes") >= value("process_resident_memory_bytes"))
            #expect(try value("process_open_fds") > 3)
            #expect(try value("process_max_fds") >= value("process_open_fds"))
            let started = try value("process_start_time_seconds")
            #expect(started > 1.7e9 && started <= Date().timeIntervalSince1970)
        }
    }

    @Test func promtoolFindsNothingToSay() async throws {
        try await TestServer.ready { server, _ in
            for body in [Rows.record, "[]"] { _ = try await server.post("/models/churn/predict", body) }
            let folder = try TemporaryFolder()
            let path = try folder.write(try await server.get("/metrics").text, to: "metrics.txt")
            let outcome = try await Program.run("sh", ["-c", "promtool check metrics < '\(path)'"])
            #expect(outcome.status == 0 && outcome.output == "" && outcome.errors == "", "\(outcome)")
        }
    }
}
