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
        limits: ServingLimits = ServingLimits(), _ body: @Sendable (TestServer) async throws -> Void
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
            logs: ServingLogs(folder: project.logFolder, environment: TestProject.environment), limits: limits)
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let core = ServingCore(service: service, gatekeeper: gatekeeper, serverVersion: "1.2.3", logger: logger)
        let application = GRPCApplication(core, at: ServerEndpoint(host: host, port: port, tls: tls)) {
            continuation.yield($0)
        }
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
        let file = try file(more.merging(["columns": .object(columns)]))
        let triton = try await ClientScript.run("open_inference_grpc.py", "drive", address, file)
        guard triton.status == 0 else { return triton }
        return try await ClientScript.run("open_inference_grpc_kserve.py", address, file)
    }

    /// Asks for one prediction, and returns what came back.
    func ask(_ more: JSONObject = [:]) async throws -> JSONValue { try await run("ask", more) }

    /// Runs a command of the script that says what came back.
    func run(_ command: String, _ more: JSONObject = [:]) async throws -> JSONValue {
        let said = try await ClientScript.run("open_inference_grpc.py", command, address, try file(more))
        guard said.status == 0 else { throw ConformanceFailure("\(said)") }
        return try JSONValue(parsing: Data(said.output.utf8))
    }

    private var address: String { "127.0.0.1:\(port)" }

    private func file(_ more: JSONObject) throws -> String {
        let file = project.folder.path("case-\(UUID()).json")
        try ClientScript.write(try ClientScript.referenceCase().merging(more), to: file)
        return file
    }
}

extension JSONObject {
    func merging(_ other: JSONObject) -> JSONObject { JSONObject(members + other.members) }
}
