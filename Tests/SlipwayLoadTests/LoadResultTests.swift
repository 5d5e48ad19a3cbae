import Testing

@testable import SlipwayLoad

struct LoadResultTests {
    /// A thousand right answers, some of them slow.
    private func result(slow: Int, late: UInt64 = 0) -> LoadResult {
        var result = LoadResult()
        for index in 0..<1_000 {
            result.answeredCount += 1
            result.latencies.add(nanoseconds: index < slow ? 100_000_000 : 2_000_000)
            result.lateness.add(nanoseconds: late)
        }
        return result
    }

    @Test func oneInAHundredMayBeSlow() {
        #expect(result(slow: 10).holds(p99: .milliseconds(5)))
        #expect(!result(slow: 11).holds(p99: .milliseconds(5)))
    }

    @Test func aRateWithFailuresIsNotHeld() {
        var failing = result(slow: 0)
        failing.failures[.status(503)] = 1
        #expect(failing.holds(p99: .milliseconds(5)))
        failing.failures[.status(503)] = 2
        #expect(!failing.holds(p99: .milliseconds(5)))
        #expect(failing.holds(p99: .milliseconds(5), isSheddingAllowed: true))
        failing.failures[.wrongBody] = 2
        #expect(!failing.holds(p99: .milliseconds(5), isSheddingAllowed: true))
    }

    @Test func halfOfTheRequestsMayFailBeforeMostOfThemHave() {
        var failing = result(slow: 0)
        failing.failures[.timeout] = 1_000
        #expect(!failing.isMostlyFailed())
        failing.failures[.status(429)] = 1
        #expect(failing.isMostlyFailed() && !failing.isMostlyFailed(isSheddingAllowed: true))
        #expect(!LoadResult().isMostlyFailed())
    }

    @Test func withoutAnAnswerNothingIsHeld() {
        var result = LoadResult()
        #expect(!result.holds(p99: .seconds(1)))
        result.failures[.status(429)] = 100
        #expect(!result.holds(p99: .seconds(1), isSheddingAllowed: true))
    }

    @Test func aClientThatIsLateSaysSo() {
        #expect(!result(slow: 0, late: 400_000).isClientLate)
        #expect(result(slow: 0, late: 1_500_000).isClientLate)
        // Next to a server that is far slower, the client's own share is small.
        #expect(!result(slow: 500, late: 1_500_000).isClientLate)
    }

    @Test func workersAddUp() {
        var (one, other) = (result(slow: 1), result(slow: 2))
        other.failures = [.timeout: 1]
        other.isCutShort = true
        one.merge(other)
        #expect(one.answeredCount == 2_000 && one.failures == [.timeout: 1] && one.isCutShort)
        #expect(one.latencies.count == 2_000)
    }
}
