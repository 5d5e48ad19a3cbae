import SlipwayAccess
import Testing

/// Which web pages may call, over a real socket.
@Suite(.serialized) struct OriginTests {
    private static let page = "https://app.example"
    private static let preflight = [
        "Origin": page, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization",
    ]

    @Test func byDefaultNoPageMayCall() async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(.view))
            let asked = try await keyed.server.send("OPTIONS", "/models/churn/predict", headers: Self.preflight)
            #expect(asked.status == 401)
            let headers = ["Origin": Self.page, "X-API-Key": secret.text]
            let answer = try await keyed.server.send("GET", "/models", headers: headers)
            #expect(answer.status == 200)
            for answer in [asked, answer] {
                #expect(!answer.headers.keys.contains { $0.lowercased().hasPrefix("access-control") })
            }
        }
    }

    @Test func aNamedPageMayCallAndReadRefusalsAsWell() async throws {
        try await KeyedServer.with(origins: [Self.page]) { keyed in
            let asked = try await keyed.server.send("OPTIONS", "/models/churn/predict", headers: Self.preflight)
            #expect(asked.status == 204)
            #expect(asked.header("Access-Control-Allow-Origin") == Self.page)
            #expect(asked.header("Access-Control-Allow-Methods")?.contains("POST") == true)
            #expect(asked.header("Access-Control-Allow-Headers")?.contains("authorization") == true)
            #expect(asked.header("Access-Control-Allow-Credentials") == nil)
            let refused = try await keyed.server.send("GET", "/models", headers: ["Origin": Self.page])
            #expect(refused.status == 401)
            #expect(refused.header("Access-Control-Allow-Origin") == Self.page)
            #expect(refused.header("Vary") == "origin")
        }
    }

    @Test(arguments: ["https://evil.example", "https://app.example.evil", "http://app.example", "null", ""])
    func anotherPageMayNot(origin: String) async throws {
        try await KeyedServer.with(origins: [Self.page]) { keyed in
            var headers = Self.preflight
            headers["Origin"] = origin
            let answer = try await keyed.server.send("OPTIONS", "/models/churn/predict", headers: headers)
            #expect(answer.header("Access-Control-Allow-Origin") == nil)
        }
    }

    @Test func aPreflightOfNoRouteAllowsNoMethod() async throws {
        try await KeyedServer.with(origins: ["*"]) { keyed in
            let answer = try await keyed.server.send("OPTIONS", "/nothing", headers: Self.preflight)
            #expect(answer.header("Access-Control-Allow-Origin") == Self.page)
            #expect(answer.header("Access-Control-Allow-Methods") == nil)
        }
    }
}
