import Foundation
import Logging
import ServiceLifecycle
import SlipwayAccess
import SlipwayData
import SlipwayGRPC
import SlipwayServing
import SlipwayServingTesting
import SlipwayTLS
import SlipwayTesting

/// A real server on a free port of this machine, asked by clients that are not ours.
struct TestServer: Sendable {
    let project: TestProject
    let port: Int
    let service: PredictionService
    private let group: ServiceGroup

    /// Serves a project with all models while the body runs, and shuts down gracefully after it.
    static func serving(
        host: String = "127.0.0.1", port: Int = 0, gatekeeper: Gatekeeper = .open, tls: TLSFiles? = nil,
        _ body: @Sendable (TestServer) async throws -> Void
    ) async throws {
        let project = try await TestProject.ready()
        let models = ServedModels()
        let metrics = ServingMetrics()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let watcher = DeploymentWatcher(
            registry: project.registry, environment: TestProject.environment, bindings: TestProject.bindings,
            models: models, metrics: metrics, logger: logger)
        try watcher.loadAll()
        let service = PredictionService(
            models: models, metrics: metrics, features: project.features,
            logs: ServingLogs(folder: project.logFolder, environment: TestProject.environment))
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = GRPCApplication(
            service: service, gatekeeper: gatekeeper,
            configuration: .init(host: host, port: port, serverVersion: "1.2.3", tls: tls), logger: logger
        ) { continuation.yield($0) }
        let group = ServiceGroup(
            services: [watcher, application], gracefulShutdownSignals: [], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            guard let port = await ports.first(where: { _ in true }) else { return try await tasks.waitForAll() }
            let outcome: Result<Void, any Error>
            do {
                try await body(TestServer(project: project, port: port, service: service, group: group))
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try outcome.get()
        }
    }

    func shutDown() async { await group.triggerGracefulShutdown() }

    /// Drives the server through the whole protocol, and returns what the clients say.
    func drive(_ more: JSONObject = [:]) async throws -> Program.Outcome {
        var columns = JSONObject()
        columns["model"] = "churn"
        columns["record"] = try JSONValue(parsing: Data(Rows.record.utf8))
        columns["probability"] = .number(Rows.reference.logistic)
        return try await run("drive", more.merging(["columns": .object(columns)]))
    }

    /// Asks for one prediction, and returns what came back.
    func ask(_ more: JSONObject = [:]) async throws -> JSONValue {
        let said = try await run("ask", more)
        guard said.status == 0 else { throw ConformanceFailure("\(said)") }
        return try JSONValue(parsing: Data(said.output.utf8))
    }

    private func run(_ command: String, _ more: JSONObject) async throws -> Program.Outcome {
        let file = project.folder.path("case-\(UUID()).json")
        try ClientScript.write(try ClientScript.referenceCase().merging(more), to: file)
        return try await ClientScript.run("open_inference_grpc.py", command, "127.0.0.1:\(port)", file)
    }
}

extension JSONObject {
    func merging(_ other: JSONObject) -> JSONObject { JSONObject(members + other.members) }
}
