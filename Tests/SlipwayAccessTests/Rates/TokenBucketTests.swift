import SlipwayAccess
import Testing

struct TokenBucketTests {
    private let start = ContinuousClock.now

    private func passes(_ bucket: inout TokenBucket, _ count: Int, after seconds: Double) -> Int {
        (0..<count).filter { _ in bucket.take(at: start.advanced(by: .seconds(seconds))) == nil }.count
    }

    @Test func aBurstOfASecondsWorthPassesAndNoMore() {
        var bucket = TokenBucket(rate: 5, at: start)
        #expect(passes(&bucket, 20, after: 0) == 5)
        #expect(passes(&bucket, 20, after: 1) == 5)
    }

    @Test func tokensDripAtTheRateUpToASecondsWorth() {
        var bucket = TokenBucket(rate: 4, at: start)
        #expect(passes(&bucket, 4, after: 0) == 4)
        #expect(passes(&bucket, 9, after: 0.5) == 2)
        #expect(passes(&bucket, 99, after: 1_000) == 4)
    }

    @Test func aRateBelowOneASecondLetsOnePassAtATime() throws {
        var bucket = TokenBucket(rate: 0.1, at: start)
        #expect(passes(&bucket, 3, after: 0) == 1)
        let taken = bucket.take(at: start)
        let wait = try #require(taken)
        #expect(wait == .seconds(10))
        #expect(passes(&bucket, 3, after: 9.9) == 0)
        #expect(passes(&bucket, 3, after: 10.1) == 1)
    }

    @Test func theWaitThatIsGivenIsLongEnough() throws {
        var bucket = TokenBucket(rate: 3, at: start)
        #expect(passes(&bucket, 3, after: 0) == 3)
        let taken = bucket.take(at: start)
        let wait = try #require(taken)
        #expect(passes(&bucket, 1, after: (wait + .milliseconds(1)) / .seconds(1)) == 1)
    }

    @Test func timeThatRunsBackwardsGivesNothing() {
        var bucket = TokenBucket(rate: 2, at: start)
        #expect(passes(&bucket, 9, after: 1) == 2)
        #expect(passes(&bucket, 9, after: 0.2) == 0)
    }
}
