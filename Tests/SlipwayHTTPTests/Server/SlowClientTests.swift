import Foundation
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// Clients that send, or read, next to nothing: they are given up, and meanwhile keep nobody waiting.
@Suite(.serialized) struct SlowClientTests {
    private static let head = "POST /models/churn/predict HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\n"

    private static func serving(
        idle: Duration = .seconds(3_600), transfer: Duration = .seconds(3_600),
        _ body: @Sendable (TestServer, TestProject) async throws -> Void
    ) async throws {
        var limits = ServingLimits()
        (limits.idleTime, limits.transferTime) = (idle, transfer)
        let project = try await TestProject.ready()
        try await TestServer.serving(project, limits: limits) { try await body($0, project) }
    }

    @Test(.timeLimit(.minutes(10))) func aHeadThatIsDribbledIsCutOff() async throws {
        try await Self.serving(idle: .seconds(3)) { server, project in
            let slow = try RawConnection(port: server.port)
            let isCut = await Self.isCut {
                try await slow.send("X")
            } whileSending: {
                try await slow.send(Self.head)
            }
            #expect(isCut)
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
            #expect(try project.predictions(of: "churn").count == 1)
        }
    }

    @Test(.timeLimit(.minutes(10))) func aBodyThatIsDribbledIsAnswered408AndCutOff() async throws {
        try await Self.serving(transfer: .seconds(2)) { server, project in
            let slow = try RawConnection(port: server.port)
            try await slow.send("\(Self.head)Content-Length: 100000\r\n\r\n{")
            let sender = Task {
                while !Task.isCancelled {
                    try await slow.send(" ")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            let text = try await slow.receive()
            sender.cancel()
            #expect(text.hasPrefix("HTTP/1.1 408"), "\(text)")
            #expect(text.contains("sent_too_slowly"))
            #expect(try project.predictions(of: "churn").isEmpty)
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
        }
    }

    @Test(.timeLimit(.minutes(10))) func aBodyThatArrivesInTimeInManyPiecesIsAnswered() async throws {
        try await Self.serving { server, _ in
            let client = try RawConnection(port: server.port)
            try await client.send("\(Self.head)Transfer-Encoding: chunked\r\n\r\n")
            for byte in Rows.record.utf8 { try await client.send("1\r\n\(Character(UnicodeScalar(byte)))\r\n") }
            try await client.send("0\r\n\r\n")
            #expect(try await client.receive { $0.contains("probabilities") }.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test(.timeLimit(.minutes(10))) func aClientThatDoesNotReadItsAnswersIsCutOff() async throws {
        try await Self.serving(idle: .seconds(3), transfer: .seconds(2)) { server, _ in
            let deaf = try RawConnection(port: server.port)
            // More than the buffers of both sides hold.
            let requests = String(repeating: "GET /openapi.json HTTP/1.1\r\nHost: l\r\n\r\n", count: 2_000)
            let isCut = await Self.isCut {
                try await deaf.send(requests)
            } whileSending: {
            }
            #expect(isCut)
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
        }
    }

    @Test(.timeLimit(.minutes(10))) func manyIdleConnectionsKeepNobodyWaiting() async throws {
        try await Self.serving { server, _ in
            var idle: [RawConnection] = []
            for _ in 0..<400 { idle.append(try RawConnection(port: server.port)) }
            for connection in idle.prefix(200) { try await connection.send("GET /health/live HTTP/1.1\r\nHos") }
            for _ in 0..<20 {
                #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
            }
            for connection in idle.prefix(200) { try await connection.send("t: l\r\n\r\n") }
            for connection in idle.prefix(200) {
                #expect(try await connection.receive { $0.contains("live") }.hasPrefix("HTTP/1.1 200"))
            }
            #expect(server.service.gate.requestCount == 0)
        }
    }

    @Test(.timeLimit(.minutes(10))) func connectionsBeyondTheLimitWaitForAPlace() async throws {
        var limits = ServingLimits()
        limits.connectionCountMax = 4
        let project = try await TestProject.ready()
        try await TestServer.serving(project, limits: limits) { server in
            let request = "GET /health/live HTTP/1.1\r\nHost: l\r\n\r\n"
            var open: [RawConnection] = []
            for _ in 0..<4 {
                let connection = try RawConnection(port: server.port)
                try await connection.send(request)
                #expect(try await connection.receive { $0.contains("live") }.hasPrefix("HTTP/1.1 200"))
                open.append(connection)
            }
            let waiting = try RawConnection(port: server.port, timeoutSeconds: 1)
            try await waiting.send(request)
            await #expect(throws: RawConnection.Failure.self) { try await waiting.receive { $0.contains("live") } }
            open.removeFirst()
            #expect(try await waiting.receive { $0.contains("live") }.hasPrefix("HTTP/1.1 200"))
        }
    }

    /// Whether the server ends a connection on which one goes on sending, before far too much time has passed.
    private static func isCut(
        _ dribble: @Sendable () async throws -> Void, whileSending start: @Sendable () async throws -> Void
    ) async -> Bool {
        do {
            try await start()
            for _ in 0..<1_500 {
                try await dribble()
                try await Task.sleep(for: .milliseconds(20))
            }
            return false
        } catch {
            return true
        }
    }
}
