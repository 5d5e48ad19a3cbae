import Foundation
import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import SlipwayTLS
import Testing

@Suite(.serialized) struct GRPCApplicationTests {
    private static func tls(_ certificates: Certificates, issuer: String, client: String? = nil) -> JSONObject {
        var files: JSONObject = ["issuer": .string(certificates.path("\(issuer).pem"))]
        if let client {
            files["certificate"] = .string(certificates.path("\(client).pem"))
            files["key"] = .string(certificates.path("\(client)-key.pem"))
        }
        return ["tls": .object(files)]
    }

    @Test func withACertificateTheWholeProtocolIsSpokenOverTLSAlone() async throws {
        let certificates = try Certificates()
        for name in ["first", "second"] { try await certificates.issueOwn(name) }
        try certificates.install("first")
        try await TestServer.serving(tls: certificates.server) { server in
            let said = try await server.drive(Self.tls(certificates, issuer: "first"))
            #expect(said.output == "all as expected\n", "\(said)")
            #expect(try await server.ask()["code"] == "UNAVAILABLE")
            #expect(try await server.ask(Self.tls(certificates, issuer: "second"))["code"] == "UNAVAILABLE")
            // Handshakes that failed leave the server as it was.
            #expect(try await server.ask(Self.tls(certificates, issuer: "first"))["code"] == "OK")

            try certificates.install("second")
            let deadline = ContinuousClock.now.advanced(by: .seconds(300))
            var code: JSONValue?
            while code != "OK", ContinuousClock.now < deadline {
                code = try await server.ask(Self.tls(certificates, issuer: "second"))["code"]
            }
            #expect(code == "OK")
        }
    }

    @Test func withClientIssuersOnlyTheirCertificatesAreAnswered() async throws {
        let certificates = try Certificates()
        for name in ["first", "issuer", "stranger"] { try await certificates.issueOwn(name) }
        try await certificates.issue("client", by: "issuer")
        try await certificates.issue("impostor", by: "stranger")
        try certificates.install("first")
        var files = certificates.server
        files.clientIssuers = certificates.path("issuer.pem")
        try await TestServer.serving(tls: files) { server in
            for (client, code) in [("client", "OK"), ("impostor", "UNAVAILABLE"), (nil, "UNAVAILABLE")] {
                let answer = try await server.ask(Self.tls(certificates, issuer: "first", client: client))
                #expect(answer["code"] == .string(code), "\(client ?? "nobody"): \(answer)")
            }
        }
    }

    @Test func whoeverSendsNothingHoldsNoPlace() async throws {
        var limits = ServingLimits()
        limits.transferTime = .milliseconds(200)
        try await TestServer.serving(limits: limits) { server in
            let answer = try await server.run("stall")
            #expect(answer["code"] == "DEADLINE_EXCEEDED", "\(answer)")
            #expect(answer["message"]?.asValue?.text.hasPrefix("no message arrived within") == true)
            #expect(server.service.gate.requestCount == 0)
        }
    }

    @Test(.timeLimit(.minutes(10))) func aStreamThatIsHeldOpenKeepsNoServerFromEnding() async throws {
        try await TestServer.serving { server in
            async let held = server.run("hold")
            while try server.project.predictions(of: "bare").isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            await server.shutDown()
            let answer = try await held
            #expect(answer["code"] == "UNAVAILABLE" && answer["answers"] == .integer(1), "\(answer)")
        }
    }

    @Test func beyondWhatTheServerTakesOnCallsAreToldToComeAgain() async throws {
        var limits = ServingLimits()
        limits.requestCountMax = 0
        try await TestServer.serving(limits: limits) { server in
            let answer = try await server.ask()
            #expect(answer["code"] == "UNAVAILABLE" && answer["reason"] == "busy", "\(answer)")
            #expect(answer["retry_seconds"] == .integer(1))
        }
    }

    @Test func aMessageBeyondTheLimitIsRefusedWithTheLimit() async throws {
        var limits = ServingLimits()
        limits.bodyByteCountMax = 200
        try await TestServer.serving(limits: limits) { server in
            let answer = try await server.ask()
            #expect(answer["code"] == "INVALID_ARGUMENT" && answer["reason"] == "too_large", "\(answer)")
            #expect(answer["message"]?.asValue?.text.contains("and 200 are the limit") == true)
        }
    }

    @Test func messagesCountAgainstTheBytesThatAllRequestsHold() async throws {
        var limits = ServingLimits()
        limits.bodiesByteCountMax = 100
        try await TestServer.serving(limits: limits) { server in
            let answer = try await server.ask()
            #expect(answer["code"] == "UNAVAILABLE" && answer["reason"] == "busy", "\(answer)")
            #expect(answer["retry_seconds"] == .integer(1))
            #expect(answer["message"]?.asValue?.text.contains("larger than 100 bytes") == true)
            while server.service.bodies.byteCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try server.project.predictions(of: "bare").isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(10))) func aStreamGivesBackWhatWasAnswered() async throws {
        var limits = ServingLimits()
        limits.bodiesByteCountMax = 1_000
        try await TestServer.serving(limits: limits) { server in
            let answer = try await server.run("many")
            #expect(answer["answers"] == .integer(20), "\(answer)")
            #expect(answer["metadata"]?["x-request-id"] != nil)
            while server.service.bodies.byteCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    @Test func anAnswerAndARefusalNameTheirCall() async throws {
        try await TestServer.serving { server in
            let head: JSONObject = [
                "headers": .object([
                    "x-request-id": "order-7", "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "tracestate": "rojo=1",
                ])
            ]
            for more in [head, head.merging(["model": "nobody"])] {
                let answer = try await server.ask(more)
                #expect(answer["metadata"]?["x-request-id"] == "order-7", "\(answer)")
                let trace = answer["metadata"]?["traceresponse"]?.asValue?.text
                #expect(trace?.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-") == true)
                #expect(answer["metadata"]?["tracestate"] == "rojo=1")
            }
            let ids = [try await server.ask(), try await server.ask(["model": "nobody"])].compactMap {
                $0["metadata"]?["x-request-id"]?.asValue?.text
            }
            #expect(ids.count == 2 && Set(ids).count == 2 && !ids.contains("order-7"))
        }
    }

    @Test func anAddressThatIsTakenIsNamed() async throws {
        try await TestServer.serving { server in
            let error = await #expect(throws: ListenError.self) {
                try await TestServer.serving(port: server.port) { _ in }
            }
            #expect(error?.hint?.contains("--grpc-port") == true)
            #expect(error?.message.contains("port \(server.port)") == true)
        }
        await #expect(throws: ListenError.self) { try await TestServer.serving(host: "no.such.host.invalid") { _ in } }
    }

    @Test func certificatesThatCannotBeUsedAreNamed() async throws {
        let certificates = try Certificates()
        await #expect(throws: TLSError.self) { try await TestServer.serving(tls: certificates.server) { _ in } }
    }
}
