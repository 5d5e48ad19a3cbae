import Foundation
import Logging
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayMonitoring
import SlipwayRegistry
import SlipwaySQL
import SlipwayServing
import SlipwayServingTesting
import SlipwayStore
import SlipwayTesting
import Synchronization
import Testing

/// A canary that fails costs its callers nothing, and is taken away.
@Suite(.serialized) struct CanaryFailureTests {
    private static let guardrail: Guardrail = {
        var guardrail = Guardrail()
        guardrail.callCountMin = 20
        return guardrail
    }()

    /// A server whose `churn@2` answers all calls as the canary, and fails from now on.
    private static func withBrokenCanary(
        _ body: @Sendable (TestServer, TestProject) async throws -> Void
    ) async throws {
        let engine = BreakableEngine()
        let project = try await TestProject.ready(engines: [engine])
        _ = try project.registry.deploy(
            try project.version("churn@2"), as: .init(.canary, guardrail: guardrail), in: TestProject.environment,
            by: "tester")
        try await TestServer.serving(project) { server in
            #expect(try await server.post("/models/churn/predict", Rows.record)["version"] == .integer(2))
            engine.break()
            try await body(server, project)
        }
    }

    @Test func theChampionAnswersWhereItsCanaryFails() async throws {
        try await Self.withBrokenCanary { server, project in
            for body in [Rows.record, "[\(Rows.record),\(Rows.record)]"] {
                let answer = try await server.post("/models/churn/predict", body)
                #expect(answer.status == 200 && answer["version"] == .integer(1), "\(answer.text)")
            }
            let explained = try await server.post("/models/churn/predict?explain=1", Rows.record)
            #expect(explained.status == 200 && explained["version"] == .integer(1), "\(explained.text)")
            let samples = try Exposition(try await server.get("/metrics").text).samples
            func count(_ version: String, _ role: String, _ code: String) -> Double? {
                samples.first {
                    $0.name == "slipway_calls_total" && $0.labels["version"] == version && $0.labels["role"] == role
                        && $0.labels["code"] == code
                }?.value
            }
            #expect(count("2", "challenger", "inference_failed") == 3)
            #expect(count("1", "champion", "ok") == 3)
            // Chance did not choose the champion for these rows, so they count in no comparison.
            let logged = try project.predictions(of: "churn")
            #expect(logged.map(\.version) == [2, 1, 1, 1, 1])
            #expect(logged.map(\.isPinned) == [false, true, true, true, true])
            let report = try await server.get("/models/churn/challenger")
            #expect(report["challenger"]?["calls"]?["challenger"]?["failures"] == .integer(3))
            #expect(report["challenger"]?["calls"]?["champion"]?["calls"] == .integer(0))
        }
    }

    @Test func whoNamesTheCanaryIsToldThatItFails() async throws {
        try await Self.withBrokenCanary { server, _ in
            let pinned = try await server.post("/v2/models/churn/versions/2/infer", Rows.tensors)
            #expect(pinned.status == 422 && pinned.protocolError?.contains("out of order") == true, "\(pinned.text)")
            let free = try await server.post("/v2/models/churn/infer", Rows.tensors)
            #expect(free.status == 200 && free["model_version"] == "1", "\(free.text)")
        }
    }

    @Test(.timeLimit(.minutes(10))) func aRegistryThatIsLockedKeepsNoBrokenCanaryAnswering() async throws {
        try await Self.withBrokenCanary { server, project in
            let path = project.folder.path("registry.db")
            let registry = Registry(
                store: try SQLRegistryStore(SQLiteDatabase(path: path, options: .init(busyTimeout: .milliseconds(20)))),
                packagesFolder: project.folder.path("packages"), engines: project.registry.engines)
            let capture = LogCapture()
            let watch = CanaryGuard(
                registry: registry, environment: TestProject.environment, models: server.models, logger: capture.logger)
            func deployment() throws -> Deployment? {
                try project.registry.store.deployment(of: "churn", in: TestProject.environment)
            }
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await watch.run() }
                let lock = try DatabaseLock(path)
                for _ in 0..<20 { _ = try await server.post("/models/churn/predict", Rows.record) }
                try await KeyedServer.eventually { capture.text.contains("the registry cannot hear") }
                #expect(server.models["churn"]?.challenger?.isStopped == true)
                #expect(try deployment()?.challenger?.version == 2)
                let before = server.models["churn"]?.challenger?.trial?.arms.challenger.calls
                for _ in 0..<5 {
                    #expect(try await server.post("/models/churn/predict", Rows.record)["version"] == .integer(1))
                }
                #expect(server.models["churn"]?.challenger?.trial?.arms.challenger.calls == before)
                lock.release()
                while try deployment()?.challenger != nil { try await Task.sleep(for: .milliseconds(20)) }
                tasks.cancelAll()
            }
            let entry = try #require(try project.registry.store.audit(model: "churn", limit: 1).first)
            #expect(entry.action == .rollBackChallenger && entry.version == 2 && entry.actor == "slipway serve")
        }
    }
}

/// The native engine, whose boosting model of named fields fails on every row once it is broken.
private struct BreakableEngine: InferenceEngine {
    private final class Switch: Sendable {
        let isBroken = Atomic(false)
    }

    private struct Breakable: Predictor {
        let base: any Predictor
        let state: Switch

        var engineName: String { base.engineName }

        func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
            guard !state.isBroken.load(ordering: .relaxed) else {
                throw ModelError(.inferenceFailed, "the engine is out of order")
            }
            return try base.predict(inputs)
        }
    }

    private let state = Switch()
    private let base = NativeEngine()

    var name: String { base.name }

    func `break`() { state.isBroken.store(true, ordering: .relaxed) }

    func support(for graph: Graph) -> EngineSupport { base.support(for: graph) }

    func load(_ graph: Graph) throws(ModelError) -> any Predictor {
        let predictor = try base.load(graph)
        let isBoosting = graph.nodes.contains { $0.operatorName.contains("TreeEnsemble") }
        return isBoosting && graph.inputs.count > 1 ? Breakable(base: predictor, state: state) : predictor
    }
}

/// Holds a store as another process that writes does.
private final class DatabaseLock: Sendable {
    private let released = DispatchSemaphore(value: 0)

    init(_ path: String) throws {
        let database = try SQLiteDatabase(path: path)
        let (released, held) = (released, DispatchSemaphore(value: 0))
        Thread.detachNewThread {
            try? database.write { _ in
                held.signal()
                released.wait()
            }
        }
        held.wait()
    }

    func release() { released.signal() }
}
