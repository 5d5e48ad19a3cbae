import Dispatch
import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayServing

@Suite struct WorkLaneTests {
    /// Work that waits until a test lets it go on, and remembers what was done together.
    private final class Bench: Sendable {
        let groups = Mutex<[[Int]]>([])
        private let gate = DispatchSemaphore(value: 0)

        func lane(countMax: Int = 100, weightMax: Int = 1) -> WorkLane<Int, Int> {
            WorkLane("tests", countMax: countMax, weightMax: weightMax) { numbers in
                self.groups.withLock { $0.append(numbers) }
                self.gate.wait()
                return numbers.map { $0 < 0 ? .failure(ServingError(.inferenceFailed, "\($0)")) : .success(2 * $0) }
            }
        }

        func letGo(_ count: Int) { for _ in 0..<count { gate.signal() } }

        func waitUntilBegun(_ count: Int) async throws {
            while groups.withLock({ $0.count < count }) { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    private static func pool(_ threadCount: Int = 1, waitingCountMax: Int = 1_000) -> WorkPool {
        WorkPool(name: "tests", threadCount: threadCount, waitingCountMax: waitingCountMax)
    }

    @Test(.timeLimit(.minutes(10))) func everyPieceGetsItsOwnOutcome() async throws {
        let pool = Self.pool(3)
        let lane = WorkLane<Int, Int>("tests", countMax: 2_000, weightMax: 7) { numbers in
            numbers.map { $0 % 10 == 0 ? .failure(ServingError(.inferenceFailed, "\($0)")) : .success(2 * $0) }
        }
        await withTaskGroup(of: Void.self) { tasks in
            for number in 0..<1_000 {
                tasks.addTask {
                    do throws(ServingError) {
                        let doubled = try await lane.run(number, until: nil, on: pool)
                        let isRight = doubled == 2 * number && number % 10 != 0
                        #expect(isRight)
                    } catch {
                        let isRight = error.message == "\(number)" && number % 10 == 0
                        #expect(isRight)
                    }
                }
            }
        }
        #expect(lane.waitingCount == 0)
    }

    @Test(.timeLimit(.minutes(10))) func moreThanMayWaitAreRefusedAndToldWhenToCome() async throws {
        let (bench, pool) = (Bench(), Self.pool())
        let lane = bench.lane(countMax: 3)
        async let accepted = withThrowingTaskGroup(of: Int.self) { tasks in
            for number in 1...3 { tasks.addTask { try await lane.run(number, until: nil, on: pool) } }
            return try await tasks.reduce(0, +)
        }
        while lane.waitingCount < 2 { try await Task.sleep(for: .milliseconds(1)) }
        let error = await #expect(throws: ServingError.self) { try await lane.run(4, until: nil, on: pool) }
        #expect(error?.kind == .busy)
        #expect(error?.retryAfterSeconds ?? 0 >= 1)
        bench.letGo(3)
        #expect(try await accepted == 12)
        bench.letGo(1)
        #expect(try await lane.run(5, until: nil, on: pool) == 10)
    }

    @Test(.timeLimit(.minutes(10))) func allLanesTogetherMayWaitForSoMuch() async throws {
        let (bench, pool) = (Bench(), Self.pool(1, waitingCountMax: 1))
        let (first, second) = (bench.lane(), bench.lane())
        async let running = first.run(1, until: nil, on: pool)
        try await bench.waitUntilBegun(1)
        async let waiting = first.run(2, until: nil, on: pool)
        while first.waitingCount < 1 { try await Task.sleep(for: .milliseconds(1)) }
        let error = await #expect(throws: ServingError.self) { try await second.run(3, until: nil, on: pool) }
        #expect(error?.kind == .busy)
        bench.letGo(2)
        #expect(try await [running, waiting] == [2, 4])
        bench.letGo(1)
        #expect(try await second.run(3, until: nil, on: pool) == 6)
    }

    @Test(.timeLimit(.minutes(10))) func workWhoseDeadlinePassesWhileItWaitsIsNeverDone() async throws {
        let (bench, pool) = (Bench(), Self.pool())
        let lane = bench.lane()
        async let first = lane.run(1, until: nil, on: pool)
        try await bench.waitUntilBegun(1)
        let error = await #expect(throws: ServingError.self) {
            try await lane.run(2, until: .now + .milliseconds(20), on: pool)
        }
        #expect(error?.kind == .deadlineExceeded)
        #expect(lane.waitingCount == 0)
        bench.letGo(2)
        #expect(try await first == 2)
        #expect(try await lane.run(3, until: .now + .seconds(600), on: pool) == 6)
        #expect(bench.groups.withLock { $0 } == [[1], [3]])
    }

    @Test(.timeLimit(.minutes(10))) func aCallerIsAnsweredAtItsDeadlineAlthoughTheWorkGoesOn() async throws {
        let (bench, pool) = (Bench(), Self.pool())
        let lane = bench.lane()
        let error = await #expect(throws: ServingError.self) {
            try await lane.run(1, until: .now + .milliseconds(20), on: pool)
        }
        #expect(error?.kind == .deadlineExceeded)
        #expect(bench.groups.withLock { $0 } == [[1]])
        bench.letGo(2)
        #expect(try await lane.run(2, until: nil, on: pool) == 4)
    }

    @Test(.timeLimit(.minutes(10))) func whatWaitsTogetherIsDoneTogetherUpToTheWeight() async throws {
        let (bench, pool) = (Bench(), Self.pool())
        let lane = bench.lane(weightMax: 4)
        async let sum = withThrowingTaskGroup(of: Int.self) { tasks in
            // The first finds nobody before it, and is done at once and alone.
            tasks.addTask { try await lane.run(1, weight: 1, until: nil, on: pool) }
            try await bench.waitUntilBegun(1)
            for (number, weight) in [(2, 2), (3, 2), (4, 9), (5, 1)] {
                tasks.addTask { try await lane.run(number, weight: weight, until: nil, on: pool) }
                while lane.waitingCount < number - 1 { try await Task.sleep(for: .milliseconds(1)) }
            }
            bench.letGo(4)
            return try await tasks.reduce(0, +)
        }
        #expect(try await sum == 30)
        #expect(bench.groups.withLock { $0 } == [[1], [2, 3], [4], [5]])
    }

    @Test(.timeLimit(.minutes(10))) func lanesTakeTurns() async throws {
        let (bench, pool) = (Bench(), Self.pool())
        let (busy, quiet) = (bench.lane(), bench.lane())
        async let sum = withThrowingTaskGroup(of: Int.self) { tasks in
            for number in 1...5 {
                tasks.addTask { try await busy.run(number, until: nil, on: pool) }
                if number == 1 { try await bench.waitUntilBegun(1) }
                while busy.waitingCount < number - 1 { try await Task.sleep(for: .milliseconds(1)) }
            }
            tasks.addTask { try await quiet.run(100, until: nil, on: pool) }
            while quiet.waitingCount < 1 { try await Task.sleep(for: .milliseconds(1)) }
            bench.letGo(6)
            return try await tasks.reduce(0, +)
        }
        #expect(try await sum == 230)
        // Of what waited before it, the quiet lane's work waits for one piece at most.
        #expect(bench.groups.withLock { $0.prefix(3).contains([100]) })
    }

    @Test(.timeLimit(.minutes(10))) func noMoreThanItsThreadsRunAtOnce() async throws {
        let (bench, pool) = (Bench(), Self.pool(2))
        let lanes = [bench.lane(), bench.lane(), bench.lane()]
        async let sum = withThrowingTaskGroup(of: Int.self) { tasks in
            for number in 0..<6 { tasks.addTask { try await lanes[number % 3].run(number, until: nil, on: pool) } }
            return try await tasks.reduce(0, +)
        }
        while lanes.map(\.waitingCount).reduce(0, +) < 4 { try await Task.sleep(for: .milliseconds(1)) }
        try await Task.sleep(for: .milliseconds(20))
        #expect(bench.groups.withLock { $0.count } == 2)
        bench.letGo(6)
        #expect(try await sum == 30)
    }
}
