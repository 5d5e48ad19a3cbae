import SlipwayTesting
import Synchronization
import Testing

@testable import SlipwayData

struct ResilientStreamTests {
    private let clock = VirtualClock()

    private static let policy: ResiliencePolicy = {
        var policy = ResiliencePolicy(timeout: .seconds(100))
        (policy.concurrency, policy.breakerFailureCount) = (1, 1)
        return policy
    }()

    @Test func aFailureBeforeTheFirstRowsIsTriedAgain() async throws {
        let source = BreakingSource(failsAtFirst: true)
        var policy = Self.policy
        policy.breakerFailureCount = 5
        let resilient = ResilientSource(source, policy: policy, clock: clock, seed: 1)
        let answer = Task { try await resilient.stream("select 1") }
        while source.streamCount < 2 {
            await Task.yield()
            if let next = clock.deadlines.first, next.offset - clock.now.offset <= ResiliencePolicy.pauseMax {
                clock.advance(to: next)
            }
        }
        #expect(try await answer.value.next()?.rowCount == 1)
    }

    @Test func aFailureBehindTheFirstRowsEndsTheStreamAndCountsAgainstTheSource() async throws {
        let source = BreakingSource()
        let resilient = ResilientSource(source, policy: Self.policy, clock: clock, seed: 1)
        let stream = try await resilient.stream("select 1")
        #expect(try stream.next()?.rowCount == 1)
        let error = #expect(throws: DataError.self) { try stream.next() }
        #expect(error?.message == "source 'breaking': it went away (query: select 1)")
        #expect(source.streamCount == 1)
        let refusal = await #expect(throws: DataError.self) { try await resilient.stream("select 1") }
        #expect(refusal?.message.contains("is left alone") == true)
    }

    @Test func aStreamHoldsItsPlaceUntilItEndsOrIsLeft() async throws {
        let source = InMemoryDataSource(
            name: "memory", try Table(columns: [Column(name: "a", values: .integers([1, 2]))]))
        let resilient = ResilientSource(source, policy: Self.policy, clock: clock, seed: 1)
        for isLeft in [true, false] {
            var stream: (any RowStream)? = try await resilient.stream("all", limits: StreamLimits(rowCountMax: 1))
            let isDone = Mutex(false)
            let other = Task {
                _ = try await resilient.fetch("all")
                isDone.withLock { $0 = true }
            }
            for _ in 0..<100 { await Task.yield() }
            #expect(!isDone.withLock { $0 })
            if !isLeft { while try stream?.next() != nil {} }
            if isLeft { stream = nil }
            try await other.value
        }
    }
}

/// A source whose streams give one row and then fail.
private final class BreakingSource: DataSource {
    let name = "breaking"
    let kind = "script"
    private let failsAtFirst: Bool
    private let count = Mutex(0)

    var streamCount: Int { count.withLock { $0 } }

    init(failsAtFirst: Bool = false) { self.failsAtFirst = failsAtFirst }

    static var failure: DataError {
        DataError(.sourceFailed, "source 'breaking': it went away", outlook: .passing())
    }

    func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] { [] }

    func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        let number = count.withLock { count in
            count += 1
            return count
        }
        if failsAtFirst, number == 1 { throw Self.failure }
        return Rows(InMemoryStream(try Table(columns: [Column(name: "a", values: .integers([1]))]), limits: limits))
    }

    private final class Rows: RowStream {
        private let base: InMemoryStream
        var columns: Table { base.columns }
        var timeout: Duration { base.timeout }

        init(_ base: InMemoryStream) { self.base = base }

        func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table? {
            guard let rows = try base.next(until: deadline) else { throw BreakingSource.failure }
            return rows
        }

        func stop() { base.stop() }
    }
}
