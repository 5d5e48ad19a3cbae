import Foundation
import Logging
import SlipwayAccess
import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting

/// A real server that asks for keys, and the registry that makes them.
struct KeyedServer: Sendable {
    let server: TestServer
    let project: TestProject
    let keys: KeyRegistry

    /// Serves a project with all models while the body runs.
    static func with(
        rule: AccessRule = .always, store: any AccessStore = InMemoryAccessStore(),
        verifier: (any TokenVerifier)? = nil, origins: [String] = [], logFolder: String? = nil, logger: Logger? = nil,
        _ body: @Sendable (KeyedServer) async throws -> Void
    ) async throws {
        let project = try await TestProject.ready()
        let gatekeeper = Gatekeeper(rule: rule, verifier: verifier)
        try await TestServer.serving(
            project, logFolder: logFolder, gatekeeper: gatekeeper, keys: store, origins: origins, logger: logger
        ) { server in
            try await body(KeyedServer(server: server, project: project, keys: KeyRegistry(store: store)))
        }
    }

    /// Makes a key and waits until the server knows it.
    func key(_ scopes: Scope..., name: String = "test", rateLimit: Double? = nil) async throws -> KeySecret {
        let draft = KeyDraft(name: "\(name)-\(UInt32.random(in: 0...UInt32.max))", scopes: scopes, rateLimit: rateLimit)
        let secret = try keys.create(draft, by: "tester").secret
        try await Self.eventually { try await send("GET", "/no/route", secret).status != 401 }
        return secret
    }

    func send(
        _ method: String, _ path: String, _ secret: KeySecret?, body: String? = nil
    ) async throws -> Answer {
        let headers = secret.map { ["Authorization": "Bearer \($0.text)"] } ?? [:]
        return try await server.send(method, path, body.map { Data($0.utf8) }, headers: headers)
    }

    /// Asks again and again until something holds, or far too much time has passed.
    static func eventually(_ condition: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now.advanced(by: .seconds(300))
        while try await !condition() {
            guard ContinuousClock.now < deadline else { throw ConformanceFailure("it never came to hold") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
