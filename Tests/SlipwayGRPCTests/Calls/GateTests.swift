import SlipwayAccess
import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// Who may call what, as clients see it.
@Suite(.serialized) struct GateTests {
    private static func headers(_ secret: KeySecret, _ name: String = "authorization") -> JSONObject {
        let value = name == "authorization" ? "Bearer \(secret.text)" : secret.text
        return ["headers": .object(JSONObject([(name, .string(value))]))]
    }

    private static func serving(
        _ body: @Sendable (TestServer, @Sendable (Scope, Double?) throws -> KeySecret) async throws -> Void
    ) async throws {
        let store = InMemoryAccessStore()
        let gatekeeper = Gatekeeper(rule: .always)
        try await TestServer.serving(gatekeeper: gatekeeper) { server in
            try await body(server) { scope, rate in
                let draft = KeyDraft(name: "key-\(UInt32.random(in: 0...UInt32.max))", scopes: [scope], rateLimit: rate)
                let secret = try KeyRegistry(store: store).create(draft, by: "tester").secret
                gatekeeper.replaceKeys(with: KeySet(try store.keys()))
                return secret
            }
        }
    }

    @Test func withAnAdministratorsKeyTheWholeProtocolIsSpoken() async throws {
        try await Self.serving { server, key in
            let said = try await server.drive(Self.headers(try key(Scope(.admin), nil)))
            #expect(said.output == "all as expected\n", "\(said)")
        }
    }

    @Test func withoutAKeyNobodyIsAnswered() async throws {
        try await Self.serving { server, _ in
            let answer = try await server.ask()
            #expect(answer["code"] == "UNAUTHENTICATED", "\(answer)")
            #expect(answer["reason"] == "unauthenticated")
            let wrong = try await server.ask([
                "headers": .object(["authorization": "Bearer slw_nonsense"])
            ])
            #expect(wrong["code"] == "UNAUTHENTICATED", "\(wrong)")
            #expect(try server.project.predictions(of: "bare").isEmpty)
        }
    }

    @Test(arguments: ["authorization", "x-api-key"])
    func aKeyOpensItsModelAlone(header: String) async throws {
        try await Self.serving { server, key in
            let right = try await server.ask(Self.headers(try key(Scope(.predict, model: "bare"), nil), header))
            #expect(right["code"] == "OK", "\(right)")
            let wrong = try await server.ask(Self.headers(try key(Scope(.predict, model: "churn"), nil), header))
            #expect(wrong["code"] == "PERMISSION_DENIED", "\(wrong)")
            #expect(wrong["reason"] == "forbidden")
        }
    }

    @Test func beyondItsRateAKeyIsToldWhenToComeAgain() async throws {
        try await Self.serving { server, key in
            let headers = Self.headers(try key(Scope(.predict), 0.1))
            #expect(try await server.ask(headers)["code"] == "OK")
            let answer = try await server.ask(headers)
            #expect(answer["code"] == "RESOURCE_EXHAUSTED", "\(answer)")
            #expect(answer["reason"] == "rate_limited")
            #expect((answer["retry_seconds"]?.asValue?.asNumber ?? 0) >= 1)
        }
    }

    @Test func callsAreCountedByMethodModelAndStatus() async throws {
        try await TestServer.serving { server in
            let (answer, refusal) = (try await server.ask(), try await server.ask(["model": "nobody"]))
            #expect(answer["code"] == "OK" && refusal["code"] == "NOT_FOUND", "\(answer) \(refusal)")
            let text = server.service.metrics.text(of: server.service.models)
            let route = #"route="/inference.GRPCInferenceService/ModelInfer""#
            #expect(text.contains("slipway_requests_total{\(route),model=\"bare\",status=\"200\"} 1\n"), "\(text)")
            #expect(text.contains("slipway_requests_total{\(route),model=\"\",status=\"404\"} 1\n"), "\(text)")
            #expect(text.contains("slipway_errors_total{code=\"unknown_model\"} 1\n"))
        }
    }
}
