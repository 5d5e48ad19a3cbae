import SlipwayData
import SlipwayPipelines
import SlipwayTesting
import Synchronization
import Testing

struct RunWorkerTests {
    /// A clock that only the test moves, far from that of the machine.
    private final class Clock: Sendable {
        private let time = Mutex(Timestamp(milliseconds: 1_000_000_000_000))
        var now: Timestamp { time.withLock { $0 } }
        func advance(seconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: seconds * 1_000) } }
    }

    /// What was done, in order.
    private final class Record: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private static let job = Job(.score, "nightly", in: "production")
    private static let policy = RunPolicy(attemptCountMax: 2, firstPause: .zero, longestPause: .zero)

    private let clock: Clock
    private let store: InMemoryRunStore
    private let record = Record()

    init() {
        let clock = Clock()
        self.clock = clock
        store = InMemoryRunStore { clock.now }
    }

    /// A worker whose job is due every full minute.
    private func worker(
        _ holder: String = "ada", work: @escaping @Sendable (RunFence) async throws -> String = { _ in "well" }
    ) -> RunWorker {
        let record = record
        let job = PlannedJob(
            Self.job, policy: Self.policy, timeLimit: .seconds(3_600),
            lastDue: { Timestamp(milliseconds: $0.milliseconds / 60_000 * 60_000) }, makesUp: { _ in true }
        ) { fence in
            record.add("\(holder) \(fence.run.dueAt.milliseconds)")
            return try await work(fence)
        }
        var options = RunWorker.Options()
        options.interval = .milliseconds(5)
        return RunWorker(store: store, jobs: [job], right: "scheduler", holder: holder, options: options)
    }

    @Test func aDueTimeIsDoneOnceByTheClockOfTheStore() async throws {
        let worker = worker()
        for _ in 0..<3 { _ = try await worker.runOnce() }
        #expect(record.all == ["ada 999999960000"])
        clock.advance(seconds: 60)
        #expect(try await worker.runOnce() == (1, 0))
        #expect(record.all == ["ada 999999960000", "ada 1000000020000"])
        #expect(store.runs(limit: 9).map(\.state) == [.done, .done])
    }

    @Test func aClockThatGoesBackMakesNoRunASecondTime() async throws {
        _ = try await worker().runOnce()
        clock.advance(seconds: -600)
        #expect(try await worker("bob").runOnce() == (0, 0))
        #expect(record.all.count == 1)
    }

    @Test func onlyTheOneWhoHasTheRightMakesRuns() async throws {
        #expect(store.lease("scheduler", to: "another", for: .seconds(600)))
        #expect(try await worker().runOnce() == (0, 0))
        clock.advance(seconds: 601)
        #expect(try await worker().runOnce() == (1, 0))
        #expect(store.lease("scheduler", to: "bob", for: .seconds(1)), "a worker that ends lets the right go")
    }

    @Test func ofManyWorkersOneDoesEachRun() async throws {
        let workers = (0..<8).map { worker("worker \($0)") }
        for _ in 0..<20 {
            clock.advance(seconds: 60)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in workers { group.addTask { _ = try await worker.runOnce() } }
                try await group.waitForAll()
            }
        }
        let dues = record.all.compactMap { $0.split(separator: " ").last }
        #expect(Set(dues).count == dues.count)
        #expect(dues.count == 20)
    }

    @Test func aFailureIsTriedAgainAndThenTold() async throws {
        struct Failure: DescribedError {
            var code: String { "test" }
            var message: String { "the warehouse is away" }
            var hint: String? { "Wait." }
        }
        #expect(try await worker { _ in throw Failure() }.runOnce() == (2, 2))
        let run = try #require(store.runs(limit: 1).first)
        #expect(run.state == .failed)
        #expect(run.error == "the warehouse is away Wait.")
    }

    @Test func theFenceStopsAnAttemptWhoseRunIsAnothers() async throws {
        let (clock, store) = (clock, store)
        let first = worker { fence in
            if fence.run.attemptCount == 1 {
                clock.advance(seconds: 31)
                let taken = try store.take(of: [Self.job: Self.policy], by: "bob", for: .seconds(600))
                #expect(taken?.ticket != fence.run.ticket)
            }
            try fence.check()
            return "kept"
        }
        #expect(try await first.runOnce() == (1, 1))
        let run = try #require(store.runs(limit: 1).first)
        #expect(run.state == .running)
        #expect(run.holder == "bob")
    }

    @Test func aWorkerThatIsEndedGivesItsRunBackWithoutCountingTheAttempt() async throws {
        let record = record
        let worker = worker { _ in
            record.add("begun")
            try await Task.sleep(for: .seconds(3_600))
            return "never"
        }
        let working = Task { await worker.run() }
        while !record.all.contains("begun") { try await Task.sleep(for: .milliseconds(1)) }
        working.cancel()
        await working.value
        let run = try #require(store.runs(limit: 1).first)
        #expect(run.state == .waiting)
        #expect(run.attemptCount == 0)
        #expect(!worker.isBusy)
    }

    @Test func aWorkerThatIsToldToStopEndsWhenItsRunHas() async throws {
        let (record, gate) = (record, Record())
        let worker = worker { _ in
            record.add("begun")
            while gate.all.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            return "well"
        }
        let working = Task { await worker.run() }
        while !record.all.contains("begun") { try await Task.sleep(for: .milliseconds(1)) }
        worker.stop()
        clock.advance(seconds: 60)
        gate.add("open")
        await working.value
        #expect(store.runs(limit: 9).map(\.state) == [.done])
    }
}
