import Foundation
import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Synchronization
import Testing

@Suite(.serialized) struct ServingLogsTests {
    /// A place where no folder can be made, whoever asks.
    private static func blockedFolder(in project: TestProject) throws -> String {
        let file = project.folder.url.appending(path: "blocked")
        try Data().write(to: file)
        return file.path
    }

    @Test func whatCannotBeLoggedIsNotAnswered() async throws {
        let project = try await TestProject.ready()
        try await TestServer.serving(project, logFolder: try Self.blockedFolder(in: project)) { server in
            for answer in [
                try await server.post("/models/churn/predict", Rows.record),
                try await server.get("/models/churn/predict?customer_id=1"),
                try await server.post("/models/churn/feedback", #"{"key":"1","actual":"Yes"}"#),
            ] {
                #expect(answer.status == 503)
                #expect(answer.error?.code == "log_unavailable")
                #expect(answer.header("Retry-After") == "5")
                #expect(answer["prediction"] == nil)
                #expect(!answer.text.contains("blocked") && !answer.text.contains("/tmp"))
            }
            let metrics = try await server.get("/metrics").text
            #expect(metrics.contains("slipway_errors_total{code=\"log_unavailable\"} 3\n"))
            #expect(!metrics.contains("slipway_predictions_total{"))
        }
    }

    @Test func aLogThatCannotBeWrittenIsFoundBeforeTheFirstCall() async throws {
        let project = try await TestProject.ready()
        let blocked = try Self.blockedFolder(in: project)
        let logs = ServingLogs(folder: blocked, environment: "production")
        let error = #expect(throws: LogError.self) { try logs.probe("churn") }
        #expect(error?.kind == .unwritable)
        try FileManager.default.removeItem(atPath: blocked)
        try logs.probe("churn")
    }

    @Test func aServerAnswersAgainOnceItsLogCanBeWritten() async throws {
        let project = try await TestProject.ready()
        let folder = try Self.blockedFolder(in: project)
        try await TestServer.serving(project, logFolder: folder) { server in
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 503)
            #expect(try await server.get("/health/ready").status == 503)
            try FileManager.default.removeItem(atPath: folder)
            let answer = try await server.post("/models/churn/predict", Rows.record)
            #expect(answer.status == 200)
            #expect(try await server.get("/health/ready").status == 200)
        }
    }

    @Test func aServerThatCannotLogIsNotReadyUntilItCan() async throws {
        let project = try await TestProject.ready()
        let folder = try Self.blockedFolder(in: project)
        try await TestServer.serving(project, logFolder: folder) { server in
            let paths = ["/health/ready", "/v2/health/ready", "/v2/models/churn/ready"]
            for path in paths { #expect(try await server.get(path).status == 200) }
            #expect(try await server.post("/models/churn/predict", Rows.record).status == 503)
            for path in paths {
                let answer = try await server.get(path)
                #expect(answer.status == 503)
                #expect(answer["ready"] == .boolean(false))
            }
            let reason = try await server.get("/health/ready")["reason"]?.asValue?.text
            #expect(reason?.contains("log cannot be written") == true)
            // Nobody sends requests to a server that is not ready, so it finds out by itself.
            try FileManager.default.removeItem(atPath: folder)
            for path in paths { #expect(try await server.get(path).status == 200) }
            let left = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
            #expect(!left.contains { "\($0)".contains("probe") })
        }
    }

    @Test func aClockThatStepsBackRepeatsNoIDAndHidesNoRecord() async throws {
        let project = try await TestProject.ready()
        let clock = Mutex(Timestamp.now())
        let start = clock.withLock { $0 }
        try await TestServer.serving(project, now: { clock.withLock { $0 } }) { server in
            var ids: [String] = []
            // Two hours back, and then a minute at a time.
            for step in [0, 1, -7_200_000, 60_000, 60_000, -30_000, 1] as [Int64] {
                clock.withLock { $0 = $0.adding(milliseconds: step) }
                let answer = try await server.post("/models/churn/predict", "[\(Rows.record),\(Rows.record)]")
                guard case .array(let predictions)? = answer["predictions"] else {
                    Issue.record("\(answer.text)")
                    return
                }
                ids += predictions.compactMap { $0["id"]?.asValue?.text }
            }
            #expect(ids.count == 14 && ids == ids.sorted() && Set(ids).count == ids.count)
            let logged = try project.predictions(of: "churn")
            #expect(Set(logged.map(\.id.description)) == Set(ids))
            #expect(logged.count == ids.count)
            // The records of before the step are in a segment of their own, which comes later.
            #expect(logged.suffix(4).allSatisfy { $0.time >= start })
        }
    }

    @Test func aGivenValueIsHashedBeforeItIsLoggedAndAStoredDigestStaysAsItIs() async throws {
        let project = try await TestProject.ready()
        let binding = ModelBinding(
            featureView: "customers", key: TestProject.key, privacy: ["income": .drop], viewPrivacy: ["region": .hash],
            keyedDigest: { Array($0.reversed()) })
        try await TestServer.serving(project, bindings: ["churn": binding]) { server in
            // The view stands for one that keeps digests: what it holds is logged as it is.
            #expect(try await server.get("/models/churn/predict?customer_id=1").status == 200)
            let given = #"{"customer_id":1,"region":"south"}"#
            #expect(try await server.post("/models/churn/predict", given).status == 200)
            let inputs = try project.predictions(of: "churn").map(\.inputs)
            #expect(inputs.map { $0["region"] } == [.string("south"), .string("6874756f73")])
            #expect(inputs.allSatisfy { $0["income"] == nil && $0["contract"] == .string("year") })
        }
    }

    @Test func aCoarserValueIsLoggedWhereTheModelReadTheExactOne() async throws {
        let project = try await TestProject.ready()
        let coarse = ModelBinding(
            featureView: "customers", key: TestProject.key, privacy: ["income": .generalise(.width(1000))])
        let exact = ModelBinding(featureView: "customers", key: TestProject.key)
        for binding in [exact, coarse] {
            try await TestServer.serving(project, bindings: ["churn": binding]) { server in
                let answer = try await server.post("/models/churn/predict", Rows.record)
                #expect(answer.status == 200)
            }
        }
        let logged = try project.predictions(of: "churn")
        try #require(logged.count == 2)
        #expect(logged[0].outputs == logged[1].outputs)
        let income = try #require(logged[0].inputs["income"]?.asValue?.asNumber)
        #expect(income.truncatingRemainder(dividingBy: 1000) != 0)
        #expect(logged[1].inputs["income"]?.asValue?.asNumber == (income / 1000).rounded(.down) * 1000)
    }

    @Test func aPolicyThatFitsNoValueOfItsFieldIsRefusedAtLoad() async throws {
        let project = try await TestProject.ready()
        for (field, rule) in [("contract", Generalisation.width(10)), ("income", .date(.month))] {
            let binding = ModelBinding(key: TestProject.key, privacy: [field: .generalise(rule)])
            let error = await #expect(throws: ModelError.self) {
                try await TestServer.serving(project, bindings: ["churn": binding]) { _ in }
            }
            #expect(error?.field == field)
        }
    }

    @Test func aLogThatCannotKeepUpAnswersBusyAndNotBroken() {
        let error = ServingError(LogError(.overloaded, "more than 32 MiB wait to be logged"))
        #expect(error.kind == .busy)
        #expect(error.retryAfterSeconds == 1)
    }

    /// A process of its own, because the limit on the size of files stands for a full disk and is the process's.
    @Test func aBatchThatDoesNotFitTheDiskLeavesNothingBehind() async {
        await #expect(processExitsWith: .success) {
            try await TestServer.ready { server, project in
                #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 1 << 20, rlim_max: rlim_t.max)
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)

                let rows = Array(repeating: Rows.record, count: 9_000).joined(separator: ",")
                let answer = try await server.post("/models/churn/predict", "[\(rows)]")
                #expect(answer.status == 503)
                #expect(answer.error?.code == "log_unavailable")
                #expect(try project.predictions(of: "churn").count == 1)

                #expect(try await server.post("/models/churn/predict", Rows.record).status == 200)
                #expect(try project.predictions(of: "churn").count == 2)
            }
        }
    }
}
