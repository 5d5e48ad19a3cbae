import Foundation
import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// What is too much is refused at once and in the caller's own terms, and keeps nobody else waiting.
@Suite(.serialized) struct OverloadTests {
    private static let bareRecord = #"{"X_0":1,"X_1":2,"X_2":3,"X_3":4}"#
    private static let tensor = #"{"inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}]}"#

    /// A server whose model `bare` is known to be slow, and waits from now on.
    private static func withHeldModel(
        _ limits: ServingLimits = ServingLimits(),
        _ body: @Sendable (TestServer, TestProject, HeldEngine.Hold) async throws -> Void
    ) async throws {
        let engine = HeldEngine()
        let project = try await TestProject.ready(engines: [engine])
        try await TestServer.serving(project, limits: limits) { server in
            #expect(try await server.post("/models/bare/predict", bareRecord).status == 200)
            engine.hold.close()
            defer { engine.hold.open() }
            try await body(server, project, engine.hold)
        }
    }

    /// Calls of the held model that are under way while the body runs, and must all be answered after it.
    private static func whileHeld(
        _ count: Int, _ server: TestServer, _ hold: HeldEngine.Hold, _ body: () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Answer.self) { tasks in
            for number in 1...count {
                tasks.addTask { try await server.post("/models/bare/predict", bareRecord) }
                // The first must be on its thread: until then it counts among those that wait, of which there may be few.
                try await KeyedServer.eventually {
                    server.service.gate.requestCount >= number && hold.heldCount > 0
                }
            }
            try await body()
            hold.open()
            for try await answer in tasks { #expect(answer.status == 200, "\(answer.text)") }
        }
    }

    @Test(.timeLimit(.minutes(10))) func moreRequestsThanTheLimitAreRefusedInTheWordsOfTheirProtocol() async throws {
        var limits = ServingLimits()
        limits.requestCountMax = 2
        try await Self.withHeldModel(limits) { server, project, hold in
            try await Self.whileHeld(2, server, hold) {
                let bodies = [
                    ("/models/churn/predict", Rows.record), ("/v2/models/bare/infer", Self.tensor),
                    ("/v1/models/bare:predict", #"{"instances":[[1,2,3,4]]}"#),
                    ("/invocations?model=bare", #"{"inputs":[[1,2,3,4]]}"#),
                ]
                for (path, body) in bodies {
                    let answer = try await server.post(path, body)
                    #expect(answer.status == 503)
                    #expect(answer.header("Retry-After") == "1")
                    switch path.prefix(3) {
                    case "/mo": #expect(answer.error?.code == "busy")
                    case "/in": #expect(answer["error_code"] == "TEMPORARILY_UNAVAILABLE")
                    default: #expect(answer.protocolError?.contains("2 requests are being answered") == true)
                    }
                }
                for path in ["/health/live", "/health/ready", "/v2/health/ready", "/ping", "/metrics"] {
                    #expect(try await server.get(path).status == 200, "\(path)")
                }
                let metrics = try await server.get("/metrics").text
                #expect(metrics.contains("slipway_errors_total{code=\"busy\"} 4\n"))
                #expect(
                    metrics.contains("slipway_requests_total{route=\"refused\",model=\"\",status=\"503\"} 4\n"))
            }
            try await KeyedServer.eventually { server.service.gate.requestCount == 0 }
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
            #expect(try project.predictions(of: "churn").count == 1)
        }
    }

    @Test(.timeLimit(.minutes(10))) func aRefusalLeavesTheConnectionInStep() async throws {
        var limits = ServingLimits()
        limits.requestCountMax = 1
        try await Self.withHeldModel(limits) { server, _, hold in
            let connection = try RawConnection(port: server.port)
            let head = "POST /models/churn/predict HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\n"
            let request = "\(head)Content-Length: \(Rows.record.utf8.count)\r\n\r\n\(Rows.record)"
            try await Self.whileHeld(1, server, hold) {
                for _ in 0..<3 {
                    try await connection.send(request)
                    let text = try await connection.receive { $0.contains("}}\n") }
                    #expect(text.hasPrefix("HTTP/1.1 503"))
                }
                // A body in pieces is dropped as a whole.
                try await connection.send("\(head)Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n")
                let text = try await connection.receive { $0.contains("}}\n") }
                #expect(text.hasPrefix("HTTP/1.1 503"))
                try await connection.send("3\r\nfgh\r\n0\r\n\r\n")
            }
            try await KeyedServer.eventually { server.service.gate.requestCount == 0 }
            try await connection.send(request)
            let text = try await connection.receive { $0.contains("probabilities") }
            #expect(text.hasPrefix("HTTP/1.1 200"), "\(text)")
        }
    }

    @Test(.timeLimit(.minutes(10))) func aSlowModelDoesNotHoldUpAFastOne() async throws {
        try await Self.withHeldModel { server, project, hold in
            // More than there are threads, so that any that were held would be missed.
            try await Self.whileHeld(12, server, hold) {
                for _ in 0..<50 {
                    let answer = try await server.post("/models/churn/predict", Rows.record)
                    #expect(answer.status == 200)
                }
                #expect(hold.heldCount <= ServingLimits().predictionThreadCount)
            }
            #expect(try project.predictions(of: "bare").count == 13)
        }
    }

    @Test(.timeLimit(.minutes(10))) func slowPredictionsBeyondTheirQueueAreRefusedAndTheFastOnesAreNot() async throws {
        var limits = ServingLimits()
        limits.waitingPredictionCountMax = 3
        try await Self.withHeldModel(limits) { server, project, hold in
            try await Self.whileHeld(3, server, hold) {
                let refused = try await server.post("/models/bare/predict", Self.bareRecord)
                #expect(refused.status == 503)
                #expect(refused.error?.message == "3 requests wait for predictions of bare already")
                #expect(refused.header("Retry-After").flatMap { Int($0) }.map { (1...60).contains($0) } == true)
                #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
            }
            #expect(try project.predictions(of: "bare").count == 4)
        }
    }

    @Test(
        .timeLimit(.minutes(10)), arguments: [("X-Request-Timeout", "0.05"), ("X-Envoy-Expected-Rq-Timeout-Ms", "50")])
    func aCallerIsAnsweredWhenItsTimeIsOverAndNothingIsLogged(name: String, value: String) async throws {
        try await Self.withHeldModel { server, project, hold in
            for path in ["/models/bare/predict", "/v2/models/bare/infer"] {
                let body = path.hasPrefix("/v2") ? Self.tensor : Self.bareRecord
                let answer = try await server.send("POST", path, Data(body.utf8), headers: [name: value])
                #expect(answer.status == 504)
                let text = answer.error?.message ?? answer.protocolError
                #expect(text?.contains("the deadline of this request has passed") == true)
            }
            hold.open()
            let generous = try await server.send(
                "POST", "/models/bare/predict", Data(Self.bareRecord.utf8), headers: [name: "30000"])
            #expect(generous.status == 200)
            #expect(try project.predictions(of: "bare").count == 2)
        }
    }

    @Test(.timeLimit(.minutes(10))) func theServersOwnLimitOfTimeHolds() async throws {
        var limits = ServingLimits()
        limits.requestTime = .seconds(2)
        try await Self.withHeldModel(limits) { server, project, _ in
            let answer = try await server.send(
                "POST", "/models/bare/predict", Data(Self.bareRecord.utf8), headers: ["X-Request-Timeout": "3600"])
            #expect(answer.status == 504)
            #expect(try project.predictions(of: "bare").count == 1)
        }
    }

    @Test(arguments: ["0", "-1", "soon", "nan", "inf", "1e999", "0x10", ".", "1 s"])
    func aTimeThatIsNoneIsRefused(text: String) async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.send(
                "POST", "/models/churn/predict", Data(Rows.record.utf8), headers: ["X-Request-Timeout": text])
            #expect(answer.status == 400)
            #expect(answer.error?.message.contains("X-Request-Timeout") == true)
            #expect(try project.predictions(of: "churn").isEmpty)
        }
    }

    @Test func bodiesThatAreTooLargeTogetherAreRefusedUntilOneIsGone() async throws {
        var limits = ServingLimits()
        (limits.bodyByteCountMax, limits.bodiesByteCountMax) = (200_000, 300_000)
        let project = try await TestProject.ready()
        try await TestServer.serving(project, limits: limits) { server in
            let head = "POST /models/churn/predict HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\n"
            let padding = String(repeating: " ", count: 190_000)
            let slow = try RawConnection(port: server.port)
            try await slow.send(
                "\(head)Content-Length: \(padding.utf8.count + Rows.record.utf8.count)\r\n\r\n\(padding)")
            // Before that, the other body could be the one that takes the last of the room.
            try await KeyedServer.eventually { server.service.bodies.byteCount >= padding.utf8.count }
            let refused = try await server.post("/models/churn/predict", padding + Rows.record)
            #expect(refused.error?.code == "busy")
            #expect(refused.header("Retry-After") == "1")
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
            try await slow.send(Rows.record)
            #expect(try await slow.receive { $0.contains("probabilities") }.hasPrefix("HTTP/1.1 200"))
            #expect(try await server.post("/models/churn/predict", padding + Rows.record).status == 200)
            let large = try await server.post("/models/churn/predict", padding + padding + Rows.record)
            #expect(large.status == 413)
        }
    }

    @Test func theRowsOfARequestAreLimitedOnEveryFace() async throws {
        var limits = ServingLimits()
        limits.rowCountMax = 2
        let project = try await TestProject.ready()
        try await TestServer.serving(project, limits: limits) { server in
            let tensor = #"{"inputs":[{"name":"X","shape":[3,4],"datatype":"FP32","data":[1,2,3,4,1,2,3,4,1,2,3,4]}]}"#
            let rows = "[[1,2,3,4],[1,2,3,4],[1,2,3,4]]"
            for (path, body) in [
                ("/models/churn/predict", "[\(Rows.record),\(Rows.record),\(Rows.record)]"),
                ("/v2/models/bare/infer", tensor), ("/v1/models/bare:predict", "{\"instances\":\(rows)}"),
                ("/models/bare/invocations", "{\"inputs\":\(rows)}"),
            ] {
                #expect(try await server.post(path, body).status == 413, "\(path)")
            }
            let document = try await server.get("/openapi.json").text
            #expect(document.contains("\"maxItems\":2"))
        }
    }
}
