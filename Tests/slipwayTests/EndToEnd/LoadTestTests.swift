import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct LoadTestTests {
        @Test func everyRequestIsCountedAndLogged() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try RunningServer.with(project) { server in
                    let url = "http://127.0.0.1:\(server.port)"
                    func report(_ arguments: String...) throws -> JSONValue {
                        let common = ["loadtest", url, "--model", "churn", "--duration", "500ms", "--json"]
                        let outcome = try project.start(common + arguments).wait()
                        #expect(outcome.status == 0, "\(outcome.messages)")
                        return try JSONValue(parsing: Array(outcome.output.utf8))
                    }
                    let first = try report("--rate", "100", "--output", "latency.hgrm")
                    #expect(first["result"]?["answered"] == .integer(50))
                    #expect(first["result"]?["failures"] == .object([:]))
                    #expect(project.text(of: "latency.hgrm")?.contains("Total count    =           50]") == true)

                    let doubled = try report("--double-expected-max", "50", "--p99", "10s", "--protocol", "oip")
                    #expect(doubled["held"] == .boolean(true))
                    #expect(doubled["result"]?["answered"] == .integer(50))

                    let replayed = try report("--rate", "20", "--replay")
                    #expect(replayed["result"]?["answered"] == .integer(10))
                    let rows = try report("--rate", "20", "--rows", "rows.csv", "--batch", "5")
                    #expect(rows["result"]?["answered"] == .integer(10))

                    // Each test asks one question first, to know that it is answered at all.
                    let logged = try project.done("log", "export", "churn", "--to", "-").output
                    #expect(logged.split(separator: "\n").count == 51 + 76 + 11 + 55)
                }
            }
        }

        @Test func whatWasMeasuredIsShownAlthoughItsFileCannotBeWritten() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try RunningServer.with(project) { server in
                    let outcome = try project.slipway(
                        "loadtest", "http://127.0.0.1:\(server.port)", "--model", "churn", "--rate", "2.5",
                        "--duration",
                        "500ms", "--output", "no/such/latency.hgrm")
                    #expect(outcome.status == 1)
                    #expect(outcome.output.contains("RATE") && outcome.output.contains("2.5"))
                    #expect(outcome.messages.contains("cannot write 'no/such/latency.hgrm'"))
                }
            }
        }

        @Test func aTestOfWhichMostRequestsFailEndsWithOneAlthoughNoLimitWasAskedFor() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let server = try RunningServer(project)
                let test = try project.start([
                    "loadtest", "http://127.0.0.1:\(server.port)", "--model", "churn", "--rate", "20", "--duration",
                    "3s",
                    "--timeout", "200ms",
                ])
                // It has begun once the request that goes before it is answered.
                try test.wait(until: "a prediction was answered") {
                    let metrics = try? server.request("GET", "/metrics").body
                    return metrics?.contains("slipway_predictions_total{") == true
                }
                server.process.signal(SIGKILL)
                _ = try server.process.wait()
                let outcome = try test.wait()
                #expect(outcome.status == 1)
                #expect(outcome.output.contains("Most requests failed."))
            }
        }

        @Test func aTestThatCannotSucceedIsNotBegun() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try RunningServer.with(project) { server in
                    let url = "http://127.0.0.1:\(server.port)"
                    #expect(
                        try project.refusal("loadtest", url, "--model", "no", "--rate", "9").contains("unknown_model"))
                    try project.write("{\"tenure\":\"many\"}\n", to: "bad.jsonl")
                    let refusal = try project.refusal(
                        "loadtest", url, "--model", "churn", "--rate", "9", "--rows", "bad.jsonl")
                    #expect(refusal.contains("the first request with 422"))
                    let unset = try project.refusal(
                        "loadtest", url, "--model", "churn", "--rate", "9", "--token-variable", "NO_SUCH_TOKEN")
                    #expect(unset.contains("'NO_SUCH_TOKEN' is not set"))
                    #expect(try project.slipway("loadtest", url, "--model", "churn").status == 2)
                    #expect(try project.slipway("loadtest", url, "--model", "churn", "--find-rate").status == 2)
                }
                let nobody = try project.refusal("loadtest", "http://127.0.0.1:9", "--model", "churn", "--rate", "9")
                #expect(nobody.contains("does not answer"))
            }
        }
    }
}
