import Foundation
import SlipwayData
import SlipwayModel
import SlipwayRegistry
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Synchronization
import Testing

@Suite(.serialized) struct DeploymentWatcherTests {
    /// What came back to clients that never pause.
    private final class Tally: Sendable {
        let versions = Mutex<[String: Int]>([:])
        let failures = Mutex<[String]>([])
        let isOver = Mutex(false)

        var count: Int { versions.withLock { $0.values.reduce(0, +) } }
    }

    @Test func theRegistryIsLookedAtOftenEnoughToFollowWithinASecond() {
        #expect(DeploymentWatcher.interval * 2 < .seconds(1))
    }

    /// How often the version is swapped; `dev/check --long` swaps a thousand times.
    private static let swapCount = ProcessInfo.processInfo.environment["SLIPWAY_SWAPS"].flatMap { Int($0) } ?? 50

    @Test(.timeLimit(.minutes(10))) func manySwapsReachClientsWithoutAFailedOrWrongAnswer() async throws {
        let project = try await TestProject.ready()
        try await TestServer.serving(project, watching: .milliseconds(5)) { server in
            let tally = Tally()
            try await withThrowingTaskGroup(of: Void.self) { clients in
                for _ in 0..<4 {
                    clients.addTask {
                        while !tally.isOver.withLock({ $0 }) {
                            let answer = try await server.post("/models/churn/predict", Rows.record)
                            let version = answer["version"]?.asValue?.text ?? "none"
                            let expected = version == "1" ? Rows.reference.logistic : Rows.reference.boosting
                            let isRight = answer.probability(of: "Yes").map { abs($0 - expected) < 1e-5 } ?? false
                            if answer.status == 200, isRight {
                                tally.versions.withLock { $0[version, default: 0] += 1 }
                            } else {
                                tally.failures.withLock { $0.append("\(answer.status): \(answer.text)") }
                            }
                        }
                    }
                }
                defer { tally.isOver.withLock { $0 = true } }
                let second = try project.version("churn@2")
                for _ in 0..<Self.swapCount / 2 {
                    try project.promote(second)
                    #expect(try await server.answers("churn", with: 2))
                    _ = try project.registry.rollBack("churn", in: TestProject.environment, by: "tester")
                    #expect(try await server.answers("churn", with: 1))
                }
            }
            #expect(tally.failures.withLock { $0 } == [])
            #expect(tally.versions.withLock { Set($0.keys) } == ["1", "2"])
            #expect(tally.count > Self.swapCount)
            #expect(try project.predictions(of: "churn").count == tally.count)
        }
    }

    @Test func whatIsDoneAfterLoadingIsNotDoneWhereNothingWasLoaded() async throws {
        let project = try await TestProject.ready()
        let models = ServedModels()
        let loads = Mutex(0)
        let watcher = DeploymentWatcher(
            registry: project.registry, environment: TestProject.environment, bindings: TestProject.bindings,
            models: models, metrics: ServingMetrics(), logger: TestServer.quietLogger, interval: .milliseconds(5)
        ) { loads.withLock { $0 += 1 } }
        try watcher.loadAll()
        #expect(loads.withLock { $0 } == 1)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await watcher.run() }
            try await Task.sleep(for: .milliseconds(100))
            #expect(loads.withLock { $0 } == 1)
            try project.promote(try project.version("churn@2"))
            for _ in 0..<500 where loads.withLock({ $0 }) == 1 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(loads.withLock { $0 } == 2 && models["churn"]?.number == 2)
            tasks.cancelAll()
        }
    }

    @Test func aModelThatIsPromotedFirstWhileServingAnswers() async throws {
        try await TestServer.ready { server, project in
            #expect(try await server.get("/models/other").status == 404)
            try project.promote(try project.push("linear-regression", as: "other"))
            #expect(try await server.answers("other", with: 1))
        }
    }

    @Test func aBrokenNewVersionLeavesTheOldOneAnsweringAndIsSeenInTheMetrics() async throws {
        try await TestServer.ready { server, project in
            let second = try project.version("churn@2")
            try project.damage(second)
            try project.deploy(second, over: 1)
            var text = ""
            for _ in 0..<50 where !text.contains("slipway_load_failures_total{model=\"churn\"}") {
                text = try await server.get("/metrics").text
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(text.contains("slipway_load_failures_total{model=\"churn\"} "))
            #expect(text.contains("slipway_model_version{model=\"churn\"} 1\n"))
            #expect(text.contains("slipway_deployed_version{model=\"churn\"} 2\n"))
            let answer = try await server.post("/models/churn/predict", Rows.record)
            #expect(answer.status == 200)
            #expect(answer["version"] == .integer(1))
            #expect(try await server.get("/health/ready").status == 200)
        }
    }

    @Test func aServerWhoseChampionIsBrokenDoesNotStart() async throws {
        let project = try await TestProject.ready()
        let first = try project.version("churn@1")
        try project.damage(first)
        let error = await #expect(throws: ModelError.self) { try await TestServer.serving(project) { _ in } }
        #expect(error?.kind == .corruptPackage)
    }

    @Test func aRegistryThatCannotBeReadStopsNoAnswer() async throws {
        try await TestServer.ready { server, project in
            for name in ["registry.db", "registry.db-wal", "registry.db-shm"] {
                try? FileManager.default.removeItem(atPath: project.folder.path(name))
            }
            try Data("this is no database".utf8).write(to: project.folder.url.appending(path: "registry.db"))
            try await Task.sleep(for: .milliseconds(500))
            let answer = try await server.post("/models/churn/predict", Rows.record)
            #expect(answer.status == 200)
        }
    }
}

extension TestProject {
    /// Changes a byte of a package's model.
    fileprivate func damage(_ version: ModelVersion) throws {
        let file = URL(filePath: "\(registry.packagesFolder)/\(version.digest.hex)/model.onnx")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 0xFF
        try bytes.write(to: file)
    }

    /// Puts a version in place past the gate, which would open the package.
    fileprivate func deploy(_ version: ModelVersion, over previous: Int) throws {
        let deployment = try #require(try registry.store.deployment(of: version.model, in: Self.environment))
        _ = try registry.store.apply(
            DeploymentChange(
                environment: Self.environment, model: version.model, kind: .promote, version: version.number,
                previous: previous, expectedRevision: deployment.revision,
                audit: AuditEntry(
                    time: .now(), actor: "tester", action: .promote, model: version.model, version: version.number,
                    environment: Self.environment, reason: nil)))
    }
}
