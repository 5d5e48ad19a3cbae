import Foundation
import SlipwayData
import SlipwayMonitoring
import SlipwayRegistry
import SlipwayServing
import SlipwayServingTesting
import Synchronization
import Testing

@Suite(.serialized) struct ChallengerRoutesTests {
    private static func deploy(_ trial: Registry.Trial, in project: TestProject) throws {
        _ = try project.registry.deploy(
            try project.version("churn@2"), as: trial, in: TestProject.environment, by: "tester")
    }

    /// Asks until the server knows of a challenger of a mode, or of none.
    private static func sees(_ mode: String?, _ server: TestServer) async throws -> Bool {
        for _ in 0..<500 {
            let shown = try await server.get("/models/churn")["challenger"]?["mode"]
            if shown == mode.map(JSONValue.string) { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    private static func records(
        of project: TestProject, count: Int, _ role: PredictionRecord.Role
    ) async throws -> [PredictionRecord] {
        for _ in 0..<500 {
            let records = try project.predictions(of: "churn").filter { $0.role == role }
            if records.count >= count { return records }
            try await Task.sleep(for: .milliseconds(20))
        }
        return try project.predictions(of: "churn").filter { $0.role == role }
    }

    @Test func aShadowAnswersNobodyAndItsAnswersAreLoggedWithThoseOfTheChampion() async throws {
        try await TestServer.ready { server, project in
            try Self.deploy(.init(.shadow), in: project)
            #expect(try await Self.sees("shadow", server))
            var ids: Set<String> = []
            for _ in 0..<20 {
                let answer = try await server.post("/models/churn/predict", Rows.record)
                #expect(answer["version"] == .integer(1))
                ids.insert(answer["id"]?.asValue?.text ?? "")
            }
            let shadows = try await Self.records(of: project, count: 20, .shadow)
            #expect(Set(shadows.compactMap { $0.pair?.description }) == ids)
            #expect(shadows.allSatisfy { $0.source == .shadow && $0.version == 2 && !ids.contains($0.id.description) })
            #expect(try project.predictions(of: "churn").count { $0.role == .champion } == 20)
            let refused = try await server.get("/v2/models/churn/versions/2")
            #expect(refused.status == 404 && refused.protocolError?.contains("in shadow") == true)
            let metrics = try await server.get("/metrics").text
            #expect(metrics.contains("slipway_role_version{model=\"churn\",role=\"shadow\"} 2\n"))
            let series = "model=\"churn\",version=\"2\",role=\"shadow\",protocol=\"rest\",code=\"ok\""
            #expect(metrics.contains("slipway_calls_total{\(series)} 20\n"))
            let report = try await server.get("/models/churn/challenger")
            #expect(report["challenger"]?["comparison"]?["rows"]?["challenger"] == .integer(20))
            #expect(report["challenger"]?["calls"]?["shadow"]?["calls"] == .integer(20))
        }
    }

    @Test func aCanaryAnswersItsShareAndIsAVersionLikeTheOther() async throws {
        try await TestServer.ready { server, project in
            #expect(try await server.get("/models/churn/challenger").status == 404)
            try Self.deploy(.init(.canary, share: 0.5), in: project)
            #expect(try await Self.sees("canary", server))
            var seen: [Bool: Int] = [:]
            for _ in 0..<60 {
                let answer = try await server.post("/models/churn/predict", Rows.record)
                let isCanary = answer["version"] == .integer(2)
                let expected = isCanary ? Rows.reference.boosting : Rows.reference.logistic
                #expect(abs((answer.probability(of: "Yes") ?? .nan) - expected) < 1e-5)
                seen[isCanary, default: 0] += 1
            }
            // Less often than once in a million runs chance gives one side fewer than 10 of 60.
            #expect(seen.count == 2 && seen.values.allSatisfy { $0 >= 10 }, "\(seen)")
            let metadata = try await server.get("/v2/models/churn")
            #expect(metadata["versions"] == .array([.string("1"), .string("2")]))
            for version in ["1", "2"] {
                let answer = try await server.post("/v2/models/churn/versions/\(version)/infer", Rows.tensors)
                #expect(answer["model_version"] == .string(version), "\(answer.text)")
            }
            let report = try await server.get("/models/churn/challenger")
            #expect(report["challenger"]?["calls"]?["challenger"]?["calls"] == .integer(Int64(seen[true] ?? 0)))
            let pinned = try project.predictions(of: "churn").filter(\.isPinned)
            #expect(pinned.map(\.version).sorted() == [1, 2])
            #expect(pinned.map(\.role) == [.champion, .challenger])
        }
    }

    @Test func anEntityMeetsOneVersionAlsoAmongOthersInOneCall() async throws {
        let project = try await TestProject.ready()
        try Self.deploy(.init(.canary, share: 0.5, key: TestProject.key), in: project)
        try await TestServer.serving(project) { server in
            let record = Rows.record.dropFirst()
            let body = (1...40).map { "{\"customer_id\": \($0), \(record)" }.joined(separator: ",")
            var sides: [[Int64]] = []
            for _ in 0..<3 {
                let answer = try await server.post("/models/churn/predict", "[\(body)]")
                #expect(answer["version"] == .integer(1))
                guard case .array(let predictions)? = answer["predictions"] else { throw CancellationError() }
                for prediction in predictions {
                    let expected =
                        prediction["version"] == .integer(2) ? Rows.reference.boosting : Rows.reference.logistic
                    let given = prediction["probabilities"]?["Yes"]?.asValue?.asNumber ?? .nan
                    #expect(abs(given - expected) < 1e-5)
                }
                sides.append(
                    predictions.compactMap {
                        guard case .integer(let version)? = $0["version"] else { return nil }
                        return version
                    })
            }
            #expect(sides[0].count == 40 && Set(sides[0]) == [1, 2])
            #expect(sides[1] == sides[0] && sides[2] == sides[0])
            for (index, version) in sides[0].enumerated() {
                let one = "{\"customer_id\": \(index + 1), \(record)"
                #expect(try await server.post("/models/churn/predict", one)["version"] == .integer(version))
            }
            let logged = try project.predictions(of: "churn")
            #expect(logged.count == 160)
            for record in logged {
                let side = sides[0][(Int(record.key ?? "") ?? 0) - 1]
                #expect(record.role == (side == 2 ? .challenger : .champion) && record.version == Int(side))
            }
        }
    }

    /// The end of a load.
    private final class End: Sendable {
        let isThere = Atomic(false)
    }

    @Test(.timeLimit(.minutes(10))) func challengersComeAndGoUnderLoadWithoutAFailedCall() async throws {
        try await TestServer.ready { server, project in
            let loaded = try #require(server.models["churn"]?.loadedAt)
            // A client that is cut off in the middle of a call may take the process with it.
            let end = End()
            try await withThrowingTaskGroup(of: Int.self) { clients in
                for _ in 0..<3 {
                    clients.addTask {
                        var count = 0
                        while !end.isThere.load(ordering: .relaxed) {
                            let answer = try await server.post("/models/churn/predict", Rows.record)
                            #expect(answer.status == 200, "\(answer.text)")
                            count += 1
                        }
                        return count
                    }
                }
                defer { end.isThere.store(true, ordering: .relaxed) }
                for round in 0..<4 {
                    try Self.deploy(
                        round % 2 == 0 ? .init(.canary, share: 0.5) : .init(.shadow), in: project)
                    #expect(try await Self.sees(round % 2 == 0 ? "canary" : "shadow", server))
                    _ = try project.registry.withdraw("churn", in: TestProject.environment, by: "tester")
                    #expect(try await Self.sees(nil, server))
                }
                end.isThere.store(true, ordering: .relaxed)
                let count = try await clients.reduce(0, +)
                #expect(count > 20)
            }
            // The champion was never loaded again for it.
            #expect(server.models["churn"]?.loadedAt == loaded)
        }
    }
}
