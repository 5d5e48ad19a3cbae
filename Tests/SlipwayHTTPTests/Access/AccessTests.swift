import Foundation
import SlipwayAccess
import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

@testable import SlipwayHTTP

/// Who may do what, over a real socket.
@Suite(.serialized) struct AccessTests {
    private static let infer = #"{"inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}]}"#

    /// Routes with a body that answers 200 to who may call them, and the least role that may.
    private static let calls: [(method: String, path: String, body: String?, role: Role)] = [
        ("POST", "/models/churn/predict", Rows.record, .predict),
        ("GET", "/models/churn/predict?customer_id=1", nil, .predict),
        ("POST", "/models/churn/feedback", #"{"customer_id":1,"actual":"Yes"}"#, .predict),
        ("POST", "/v2/models/bare/infer", infer, .predict),
        ("POST", "/v2/models/bare/versions/1/infer", infer, .predict),
        ("GET", "/v2/models/bare/ready", nil, .predict),
        ("GET", "/models", nil, .view), ("GET", "/models/churn", nil, .view), ("GET", "/v2", nil, .view),
        ("GET", "/v2/models/bare", nil, .view), ("GET", "/v2/models/bare/versions/1", nil, .view),
        ("POST", "/models/churn/invocations", "{\"dataframe_records\":[\(Rows.record)]}", .predict),
        ("POST", "/invocations?model=churn", "{\"dataframe_records\":[\(Rows.record)]}", .predict),
        ("POST", "/v1/models/churn:predict", "{\"instances\":[\(Rows.record)]}", .predict),
        ("POST", "/v1/models/churn/versions/1:predict", "{\"instances\":[\(Rows.record)]}", .predict),
        ("GET", "/v1/models/churn", nil, .predict), ("GET", "/version", nil, .predict),
        ("GET", "/v1/models/churn/metadata", nil, .view), ("GET", "/v2/models", nil, .view),
        ("GET", "/v2/models/stats", nil, .view), ("GET", "/v2/models/bare/stats", nil, .view),
        ("POST", "/v2/repository/index", "", .view), ("POST", "/v2/repository/models/churn/load", "", .operate),
        ("POST", "/v2/repository/models/bare/unload", "", .operate),
        ("GET", "/openapi.json", nil, .view), ("GET", "/metrics", nil, .view), ("HEAD", "/metrics", nil, .view),
        ("GET", "/docs/models/churn", nil, .view),
    ]

    @Test func withoutAKeyEverythingButHealthIsRefused() async throws {
        try await KeyedServer.with { keyed in
            for call in Self.calls {
                let answer = try await keyed.send(call.method, call.path, nil, body: call.body)
                #expect(answer.status == 401, "\(call)")
                #expect(answer.header("WWW-Authenticate") == #"Bearer realm="slipway""#)
                guard call.method != "HEAD" else { continue }
                #expect(answer.text.contains("asks for a key") && answer.text.contains("Authorization: Bearer"))
                if call.path.hasPrefix("/v2") { #expect(answer.protocolError != nil) }
                if call.path.hasPrefix("/models/churn/predict") { #expect(answer.error?.code == "unauthenticated") }
            }
            for path in ["/nothing", "/models/absent", "/v2/models/absent"] {
                #expect(try await keyed.send("GET", path, nil).status == 401)
            }
            for path in ["/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready", "/ping", "/health"]
                + ["/docs", "/docs/assets/docs.css"]
            {
                #expect(try await keyed.send("GET", path, nil).status == 200)
            }
            #expect(try keyed.project.predictions(of: "churn").isEmpty)
        }
    }

    @Test(arguments: Role.allCases) func aKeyMayWhatItsRoleIsForAndNoMore(role: Role) async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(role))
            for call in Self.calls {
                let answer = try await keyed.send(call.method, call.path, secret, body: call.body)
                #expect(answer.status == (call.role <= role ? 200 : 403), "\(call) \(answer.text)")
                guard answer.status == 403 else { continue }
                #expect(answer.header("WWW-Authenticate")?.contains("insufficient_scope") == true)
                if call.method != "HEAD" { #expect(answer.text.contains("this key may not"), "\(answer.text)") }
            }
            #expect(try await keyed.send("GET", "/nothing", secret).status == 404)
            #expect(try await keyed.send("DELETE", "/models/churn", secret).status == 405)
        }
    }

    @Test func aKeyForOneModelReachesAndSeesNoOther() async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(.view, model: "churn"))
            #expect(try await keyed.send("POST", "/models/churn/predict", secret, body: Rows.record).status == 200)
            let other = try await keyed.send("GET", "/models/bare", secret)
            let absent = try await keyed.send("GET", "/models/absent", secret)
            #expect(other.status == 403)
            let ids = try [other, absent].map { try #require($0.errorRequestID) }
            #expect(other.text.replacing("bare", with: "absent").replacing(ids[0], with: ids[1]) == absent.text)
            #expect(try await keyed.send("POST", "/v2/models/bare/infer", secret, body: Self.infer).status == 403)
            #expect(try await keyed.send("GET", "/metrics", secret).status == 403)
            for (method, path) in [
                ("GET", "/models"), ("GET", "/v2/models"), ("GET", "/v2/models/stats"),
                ("POST", "/v2/repository/index"),
            ] {
                let list = try await keyed.send(method, path, secret, body: method == "POST" ? "" : nil)
                #expect(list.status == 200 && list.text.contains("churn") && !list.text.contains("bare"), "\(path)")
            }
            let frame = "{\"dataframe_records\":[\(Rows.record)]}"
            #expect(try await keyed.send("POST", "/invocations", secret, body: frame).status == 200)
            #expect(try await keyed.send("POST", "/invocations?model=bare", secret, body: frame).status == 403)
            #expect(try await keyed.send("POST", "/v1/models/bare:predict", secret, body: "{}").status == 403)
            #expect(try await keyed.send("POST", "/v1/models/churn:predict", secret, body: "{}").status == 400)
            let document = try await keyed.send("GET", "/openapi.json", secret)
            #expect(document.text.contains("/models/churn/predict") && !document.text.contains("/models/bare"))
            #expect(document.text.contains("securitySchemes"))
        }
    }

    @Test(arguments: [
        "/models/%63hurn", "/models/churn%2f..%2fbare", "//models/bare", "/models/./bare", "/MODELS/bare",
    ])
    func aPathWrittenOtherwiseOpensNoOtherModel(path: String) async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(.view, model: "churn"))
            let head = "GET \(path) HTTP/1.1\r\nAuthorization: Bearer \(secret.text)"
            let text = try await RawConnection(port: keyed.server.port).exchange(head)
            #expect(!text.contains("\"name\":\"bare\""), "\(text)")
            #expect(path == "/models/%63hurn" ? text.hasPrefix("HTTP/1.1 200") : text.hasPrefix("HTTP/1.1 40"))
        }
    }

    @Test func aKeyIsTakenFromEitherHeader() async throws {
        try await KeyedServer.with { keyed in
            let (secret, other) = (try await keyed.key(Scope(.view)), try await keyed.key(Scope(.view)))
            func status(_ headers: [String: String]) async throws -> Int {
                try await keyed.server.send("GET", "/models", headers: headers).status
            }
            #expect(try await status(["X-API-Key": secret.text]) == 200)
            #expect(try await status(["authorization": "bearer \(secret.text)"]) == 200)
            #expect(try await status(["Authorization": "Bearer \(secret.text)", "x-api-key": secret.text]) == 200)
            #expect(try await status(["Authorization": "Bearer \(secret.text)", "x-api-key": other.text]) == 401)
            #expect(try await status(["Authorization": "Basic \(secret.text)"]) == 401)
            #expect(try await status(["X-API-Key": "Bearer \(secret.text)"]) == 401)
            let twice = "GET /models HTTP/1.1\r\nX-API-Key: \(secret.text)\r\nX-API-Key: \(secret.text)"
            #expect(try await RawConnection(port: keyed.server.port).exchange(twice).hasPrefix("HTTP/1.1 401"))
        }
    }

    @Test func aWrongKeyIsToldFromNone() async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(.view))
            var text = Array(secret.text)
            text[30] = text[30] == "a" ? "b" : "a"
            for wrong in [String(text), KeySecret.random().text, "slw_", "a.b.c", String(secret.text.dropLast())] {
                let headers = ["Authorization": "Bearer \(wrong)"]
                let answer = try await keyed.server.send("GET", "/models", headers: headers)
                #expect(answer.status == 401)
                #expect(answer.header("WWW-Authenticate")?.contains("invalid_token") == true)
                #expect(!answer.text.contains(secret.id))
            }
        }
    }

    @Test func aServerIsOpenUntilTheFirstKeyIsMadeAndStaysClosedWhenTheLastIsRevoked() async throws {
        try await KeyedServer.with(rule: .onceThereAreKeys) { keyed in
            #expect(try await keyed.send("GET", "/models", nil).status == 200)
            let made = try keyed.keys.create(KeyDraft(name: "first", scopes: [Scope(.view)]), by: "tester")
            try await KeyedServer.eventually { try await keyed.send("GET", "/models", nil).status == 401 }
            #expect(try await keyed.send("GET", "/models", made.secret).status == 200)
            _ = try keyed.keys.revoke("first", by: "tester")
            try await KeyedServer.eventually { try await keyed.send("GET", "/models", made.secret).status == 401 }
            #expect(try await keyed.send("GET", "/models", nil).status == 401)
        }
    }

    @Test func aServerThatAskedForKeysStaysClosedWhenItsStoreLosesThem() async throws {
        let gatekeeper = Gatekeeper(rule: .onceThereAreKeys)
        #expect(!gatekeeper.asksForProof)
        let keys = KeyRegistry(store: InMemoryAccessStore())
        _ = try keys.create(KeyDraft(name: "test", scopes: [Scope(.predict)]), by: "tester")
        gatekeeper.replaceKeys(with: KeySet(try keys.store.keys()))
        #expect(gatekeeper.asksForProof)
        gatekeeper.replaceKeys(with: KeySet())
        #expect(gatekeeper.asksForProof)
    }

    @Test func aKeyThatAnotherProcessRevokesOpensNothingSoonAfter() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLStores.access(folder.path("registry.db"))
        try await KeyedServer.with(store: store) { keyed in
            let secret = try await keyed.key(Scope(.view))
            #expect(try await keyed.send("GET", "/models", secret).status == 200)
            let other = KeyRegistry(store: try SQLStores.access(folder.path("registry.db")))
            _ = try other.revoke(secret.id, by: "operator")
            try await KeyedServer.eventually { try await keyed.send("GET", "/models", secret).status == 401 }
            let answer = try await keyed.send("GET", "/models", secret)
            #expect(answer.error?.message == "the key \(secret.id) was revoked")
        }
    }

    @Test func anExpiredKeyIsRefusedWithoutAnyChangeOfTheStore() async throws {
        try await KeyedServer.with { keyed in
            let soon = Timestamp.now().adding(milliseconds: 1_500)
            let draft = KeyDraft(name: "short", scopes: [Scope(.view)], expiresAt: soon)
            let secret = try keyed.keys.create(draft, by: "tester").secret
            let revision = try keyed.keys.store.revision()
            try await KeyedServer.eventually {
                try await keyed.send("GET", "/models", secret).error?.message == "the key \(secret.id) has expired"
            }
            #expect(Timestamp.now().milliseconds >= soon.milliseconds)
            #expect(try keyed.keys.store.revision() == revision)
        }
    }

    @Test func keysHoldWhileTheirStoreCannotBeRead() async throws {
        let store = InMemoryAccessStore()
        let capture = LogCapture()
        try await KeyedServer.with(store: store, logger: capture.logger) { keyed in
            let secret = try await keyed.key(Scope(.view))
            store.setUnreadable(true)
            try await KeyedServer.eventually { capture.text.contains("the keys cannot be read") }
            #expect(try await keyed.send("GET", "/models", secret).status == 200)
            #expect(try await keyed.send("GET", "/models", nil).status == 401)
        }
    }
}
