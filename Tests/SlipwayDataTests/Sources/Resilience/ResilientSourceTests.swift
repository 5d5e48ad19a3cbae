import SlipwayTesting
import Testing

@testable import SlipwayData

struct ResilientSourceTests {
    private let clock = VirtualClock()

    /// Runs a fetch while the clock moves over every pause, and to the end of an attempt that hangs.
    private func outcome(
        of source: ResilientSource<VirtualClock>, on script: FaultySource, _ query: String = "select 1",
        limits: FetchLimits = FetchLimits()
    ) async -> Result<Table, DataError> {
        let end = FirstOutcome<Result<Table, DataError>>()
        Task {
            do throws(DataError) {
                end.decide(.success(try await source.fetch(query, limits: limits)))
            } catch {
                end.decide(.failure(error))
            }
        }
        while !end.isDecided {
            await Task.yield()
            guard let next = clock.deadlines.first else { continue }
            // Only an attempt that hangs is waited out: its watch waits for longer than any pause.
            if next.offset - clock.now.offset <= ResiliencePolicy.pauseMax || script.isHanging {
                clock.advance(to: next)
            }
        }
        return await end.value
    }

    private static let policy = ResiliencePolicy(timeout: .seconds(100), breakerFailureCount: 1_000)

    @Test(arguments: 0..<120 as Range<UInt64>)
    func anyScriptOfFailuresIsPlayedAsItsPolicySays(seed: UInt64) async throws {
        var numbers = SeededGenerator(seed: seed)
        var policy = Self.policy
        policy.retryCount = Int.random(in: 0...5, using: &numbers)
        let steps = (0..<8).map { _ in FaultySource.Step.random(using: &numbers) }
        let script = FaultySource(steps, on: clock)
        let source = ResilientSource(script, policy: policy, clock: clock, seed: seed)
        let result = await outcome(of: source, on: script)

        var expectedCount = 1
        while expectedCount <= policy.retryCount, steps[expectedCount - 1].mayPass { expectedCount += 1 }
        let moments = script.moments
        #expect(moments.count == expectedCount)
        for (index, step) in steps.prefix(expectedCount - 1).enumerated() {
            let spent = step == .hang ? policy.timeout + ResiliencePolicy.grace : .zero
            let pause = moments[index + 1] - moments[index] - spent
            let full = ResiliencePolicy.pauseFirst * (1 << index)
            if case .busy(let wanted) = step, wanted > full {
                #expect(pause == wanted)
            } else {
                #expect(pause >= full / 2 && pause <= full)
            }
        }
        switch (steps[expectedCount - 1], result) {
        case (.answer, .success(let table)): #expect(table.rowCount == 1)
        case (.answer, .failure(let error)): Issue.record(error)
        case (_, .success): Issue.record("a failure was answered")
        case (let step, .failure(let error)):
            #expect(error.message.contains("source 'faulty'"))
            #expect(error.message.contains(step.reason))
            #expect(error.message.contains("select 1"))
            #expect(error.message.contains("asked \(expectedCount) times") == (expectedCount > 1))
            #expect((error.outlook != .lasting) == step.mayPass)
        }
    }

    @Test func aSourceThatKeepsFailingIsLeftAloneAndThenTriedOnce() async throws {
        var policy = Self.policy
        (policy.retryCount, policy.breakerFailureCount, policy.breakerPause) = (1, 3, .seconds(30))
        let script = FaultySource([.fail, .fail, .fail, .fail, .answer, .answer], on: clock)
        let source = ResilientSource(script, policy: policy, clock: clock, seed: 1)
        for _ in 0..<2 { _ = await outcome(of: source, on: script) }
        #expect(script.moments.count == 3)
        let refusal = await outcome(of: source, on: script)
        guard case .failure(let error) = refusal else {
            Issue.record("it was asked")
            return
        }
        #expect(error.message.contains("source 'faulty': it failed 3 times in a row and is left alone for"))
        #expect(error.outlook != .lasting)
        #expect(script.moments.count == 3)
        clock.advance(to: clock.now.advanced(by: .seconds(31)))
        // The one that tries it fails, which is told, and opens the breaker again before its retry.
        guard case .failure(let trial) = await outcome(of: source, on: script) else {
            Issue.record("the trial was answered")
            return
        }
        #expect(trial.message.contains("it is away"))
        #expect(script.moments.count == 4)
        clock.advance(to: clock.now.advanced(by: .seconds(31)))
        for _ in 0..<2 { _ = try await outcome(of: source, on: script).get() }
    }

    @Test func aWrongQueryOpensNoBreakerAndIsAskedOnce() async throws {
        var policy = Self.policy
        policy.breakerFailureCount = 1
        let script = FaultySource([.refuse, .refuse, .answer], on: clock)
        let source = ResilientSource(script, policy: policy, clock: clock, seed: 1)
        for _ in 0..<2 { _ = await outcome(of: source, on: script) }
        #expect(script.moments.count == 2)
        _ = try await outcome(of: source, on: script).get()
    }

    @Test func noMoreQueriesRunAtOnceThanThePolicySays() async throws {
        var policy = Self.policy
        policy.concurrency = 3
        let script = FaultySource(Array(repeating: .hang, count: 20), on: clock)
        let source = ResilientSource(script, policy: policy, clock: clock, seed: 1)
        try await withThrowingTaskGroup(of: Table.self) { group in
            for _ in 0..<20 { group.addTask { try await source.fetch("select 1") } }
            for _ in 0..<20 {
                await Self.until { script.runningCount > 0 }
                #expect(script.runningCount <= 3)
                script.letOneGo()
            }
            for try await table in group { #expect(table.rowCount == 1) }
        }
        #expect(script.runningCountMax == 3)
    }

    @Test func aQueryBeyondTheQueueIsRefusedAtOnce() async throws {
        var policy = Self.policy
        policy.concurrency = 1
        let count = ResiliencePolicy.queueCountMax + 2
        let script = FaultySource(Array(repeating: .hang, count: count), on: clock)
        let source = ResilientSource(script, policy: policy, clock: clock, seed: 1)
        await withTaskGroup(of: DataError?.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do throws(DataError) {
                        _ = try await source.fetch("select 1")
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            let refusal = await group.next().flatMap { $0 }
            #expect(refusal?.message.contains("64 queries wait already for one of 1 to end") == true)
            group.cancelAll()
            for await error in group { #expect(error?.message.contains("given up") == true) }
        }
    }

    @Test func anAttemptThatDoesNotEndHoldsItsPlaceUntilItDoes() async throws {
        var policy = Self.policy
        (policy.retryCount, policy.concurrency) = (0, 1)
        let script = FaultySource([.stuck, .answer], on: clock)
        let source = ResilientSource(script, policy: policy, clock: clock, seed: 1)
        guard case .failure(let error) = await outcome(of: source, on: script) else {
            Issue.record("it was answered")
            return
        }
        #expect(error.message.contains("did not finish within 100.0 seconds"))
        let next = Task { try await source.fetch("select 2") }
        for _ in 0..<100 { await Task.yield() }
        #expect(script.moments.count == 1)
        script.letOneGo()
        #expect(try await next.value.rowCount == 1)
    }

    @Test func aCallerWhoLeavesIsNotKept() async throws {
        let script = FaultySource([.stuck], on: clock)
        let source = ResilientSource(script, policy: Self.policy, clock: clock, seed: 1)
        let task = Task { try await source.fetch("select 1") }
        await Self.until { script.runningCount == 1 }
        task.cancel()
        let error = await #expect(throws: DataError.self) { try await task.value }
        #expect(error?.message.contains("given up") == true)
        script.letOneGo()
    }

    @Test func theShorterOfBothTimeoutsHoldsAndALongQueryIsShortened() async throws {
        let script = FaultySource([.hang], on: clock)
        var policy = Self.policy
        policy.retryCount = 0
        let source = ResilientSource(script, policy: policy, clock: clock, seed: 1)
        let query = "select a,\n    \(String(repeating: "b", count: 500))"
        let result = await outcome(of: source, on: script, query, limits: FetchLimits(timeout: .seconds(70)))
        guard case .failure(let error) = result else {
            Issue.record("it was answered")
            return
        }
        #expect(error.message.contains("within 70.0 seconds (query: select a, bbb"))
        #expect(error.message.count < 200)
        #expect(script.limits.map(\.timeout) == [.seconds(70)])
    }

    /// Waits for what other tasks bring about.
    private static func until(_ condition: () -> Bool) async {
        while !condition() { await Task.yield() }
    }
}
