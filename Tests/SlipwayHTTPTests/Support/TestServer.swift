import Foundation
import FoundationNetworking
import Logging
import ServiceLifecycle
import SlipwayAccess
import SlipwayData
import SlipwayEngines
import SlipwayHTTP
import SlipwayModel
import SlipwayServing
import SlipwayServingTesting
import SlipwayTLS
import Testing

/// A real server on a free port of this machine, with a client that is not ours.
struct TestServer: Sendable {
    let port: Int
    let service: PredictionService
    private let group: ServiceGroup
    private let session: URLSession

    /// Serves a project while the body runs, and shuts down gracefully after it.
    ///
    /// - Parameter keys: The store of keys that the gatekeeper follows; without one it follows none.
    static func serving(
        _ project: TestProject, host: String = "127.0.0.1", port: Int = 0, logFolder: String? = nil,
        gatekeeper: Gatekeeper = .open, keys: (any AccessStore)? = nil, origins: [String] = [],
        tls: TLSFiles? = nil, swaggerUI: SwaggerUI = .shared, accessLog: AccessLog? = nil, logger given: Logger? = nil,
        bindings: [String: ModelBinding] = TestProject.bindings,
        now: @escaping @Sendable () -> Timestamp = { .now() },
        limits: ServingLimits = ServingLimits(), watching interval: Duration = DeploymentWatcher.interval,
        cache: PredictionCache? = nil, parquet: (any ParquetFiles)? = nil,
        notice: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) },
        explaining: @escaping @Sendable (Package, Model) throws -> any Explainer = {
            try Explainers.explainer(of: $0, model: $1)
        }, _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        let models = ServedModels()
        let metrics = ServingMetrics()
        let logs = ServingLogs(
            folder: logFolder ?? project.logFolder, environment: TestProject.environment, now: now)
        let logger = given ?? quietLogger
        let watcher = DeploymentWatcher(
            registry: project.registry, environment: TestProject.environment, bindings: bindings,
            models: models, metrics: metrics, logger: logger, limits: limits, explaining: explaining,
            interval: interval)
        try watcher.loadAll()
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let service = PredictionService(
            models: models, metrics: metrics, features: project.features, logs: logs, limits: limits,
            cache: cache, parquet: parquet)
        let core = ServingCore(
            service: service, gatekeeper: gatekeeper, serverVersion: "1.2.3", logger: logger, accessLog: accessLog)
        let application = ServingApplication(
            core, at: ServerEndpoint(host: host, port: port, tls: tls), origins: origins, swaggerUI: swaggerUI
        ) { continuation.yield($0) }
        let keyWatcher = keys.map {
            KeyWatcher(store: $0, gatekeeper: gatekeeper, metrics: metrics, logger: logger)
        }
        try keyWatcher?.load()
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [accessLog].compactMap { $0.map { .init(service: $0) } } + [
                    .init(service: LogSynchronizer(logs: logs, metrics: metrics, logger: logger)),
                    .init(service: watcher),
                ] + [keyWatcher].compactMap { $0.map { .init(service: $0) } } + [
                    .init(service: application, successTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: Drain(of: service, logger: logger, waiting: notice)),
                ], logger: logger))
        try await run(group, service, listeningOn: ports, continuation, body)
    }

    /// Runs the services until the body has ended.
    private static func run(
        _ group: ServiceGroup, _ service: PredictionService, listeningOn ports: AsyncStream<Int>,
        _ continuation: AsyncStream<Int>.Continuation, _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            guard let port = await ports.first(where: { _ in true }) else { return try await tasks.waitForAll() }
            let configuration = URLSessionConfiguration.ephemeral
            configuration.httpMaximumConnectionsPerHost = 16
            configuration.timeoutIntervalForRequest = 600
            let session = URLSession(configuration: configuration)
            let outcome: Result<Void, any Error>
            do {
                try await body(TestServer(port: port, service: service, group: group, session: session))
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            session.invalidateAndCancel()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try outcome.get()
        }
    }

    static var quietLogger: Logger {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return logger
    }

    /// Serves a project with all models for one test.
    static func ready(_ body: @Sendable (TestServer, TestProject) async throws -> Void) async throws {
        let project = try await TestProject.ready()
        try await serving(project) { try await body($0, project) }
    }

    var models: ServedModels { service.models }

    func shutDown() async { await group.triggerGracefulShutdown() }

    func get(_ path: String) async throws -> Answer { try await send("GET", path) }

    func post(_ path: String, _ body: String, type: String = "application/json") async throws -> Answer {
        try await send("POST", path, Data(body.utf8), type: type)
    }

    func send(
        _ method: String, _ path: String, _ body: Data? = nil, type: String = "application/json",
        headers more: [String: String] = [:]
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = method
        if let body {
            request.httpBody = body
            request.setValue(type, forHTTPHeaderField: "Content-Type")
        }
        for (name, value) in more { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var headers: [String: String] = [:]
        for (name, value) in http.allHeaderFields { headers["\(name)"] = "\(value)" }
        return Answer(status: http.statusCode, headers: headers, body: Array(data))
    }

    /// Asks again and again whether a version answers, until it does or far too much time has passed.
    func answers(_ model: String, with version: Int) async throws -> Bool {
        let deadline = ContinuousClock.now.advanced(by: .seconds(300))
        while ContinuousClock.now < deadline {
            if try await get("/models/\(model)")["version"] == .integer(Int64(version)) { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
