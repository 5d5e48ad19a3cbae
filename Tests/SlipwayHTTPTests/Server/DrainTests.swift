import SlipwayServing
import SlipwayServingTesting
import Testing

/// A server that is asked to end says so first, and lets nobody down that it could have answered.
@Suite(.serialized) struct DrainTests {
    private static let request = "GET /models/churn HTTP/1.1\r\nHost: l\r\n\r\n"

    @Test(.timeLimit(.minutes(10))) func aWatchedServerSaysThatItIsNotReadyAndListensOn() async throws {
        let project = try await TestProject.ready()
        let (looked, allSeen) = AsyncStream<Void>.makeStream()
        let notice: @Sendable (Duration) async -> Void = { _ in for await _ in looked {} }
        try await TestServer.serving(project, notice: notice) { server in
            defer { allSeen.finish() }
            #expect(try await server.get("/health/ready").status == 200)
            let kept = try RawConnection(port: server.port)
            try await kept.send(Self.request)
            _ = try await kept.receive { $0.contains("\r\n\r\n") && $0.hasSuffix("}\n") }
            async let end: Void = server.shutDown()
            try await KeyedServer.eventually { server.service.gate.isDraining }
            for path in ["/health/ready", "/v2/health/ready", "/ping", "/v2/models/churn/ready"] {
                let text = try await RawConnection(port: server.port).exchange("GET \(path) HTTP/1.1")
                #expect(text.hasPrefix("HTTP/1.1 503"), "\(text)")
            }
            let live = try await RawConnection(port: server.port).exchange("GET /health/live HTTP/1.1")
            #expect(live.hasPrefix("HTTP/1.1 200"))
            // The connection that is kept open is told to go elsewhere, with its answer.
            try await kept.send(Self.request)
            let text = try await kept.receive()
            #expect(text.contains("HTTP/1.1 200") && text.lowercased().contains("connection: close"), "\(text)")
            allSeen.finish()
            await end
        }
    }

    @Test(.timeLimit(.minutes(10))) func aServerThatNobodyWatchesEndsAtOnce() async throws {
        var limits = ServingLimits()
        limits.noticeTime = .seconds(3_600)
        let project = try await TestProject.ready()
        try await TestServer.serving(project, limits: limits) { server in
            let answer = try await server.post("/models/churn/predict", Rows.record)
            #expect(answer.status == 200)
        }
        #expect(try project.predictions(of: "churn").count == 1)
    }
}
