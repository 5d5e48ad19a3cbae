import SlipwayTesting
import Testing

@testable import SlipwayData

struct CircuitBreakerTests {
    @Test func itOpensAfterFailuresInARowAndLetsOneQueryTryAfterThePause() {
        var breaker = CircuitBreaker(failureCountMax: 3, pause: .seconds(10))
        for second in 0..<3 {
            #expect(breaker.admit(at: .seconds(second)) == .admitted)
            breaker.noteFailure(at: .seconds(second))
        }
        #expect(breaker.admit(at: .seconds(5)) == .refused(for: .seconds(7)))
        #expect(breaker.admission(at: .seconds(12)) == .admitted)
        #expect(breaker.admit(at: .seconds(12)) == .admitted)
        #expect(breaker.admit(at: .seconds(13)) == .refused(for: .seconds(9)))
        breaker.noteAnswer()
        #expect(breaker.admit(at: .seconds(13)) == .admitted)
    }

    @Test func anAnswerBetweenFailuresStartsTheCountAnew() {
        var breaker = CircuitBreaker(failureCountMax: 2, pause: .seconds(10))
        for _ in 0..<5 {
            breaker.noteFailure(at: .zero)
            breaker.noteAnswer()
        }
        #expect(breaker.admit(at: .zero) == .admitted)
    }

    @Test func aTrialThatFailsOpensItForAnotherPause() {
        var breaker = CircuitBreaker(failureCountMax: 1, pause: .seconds(10))
        breaker.noteFailure(at: .zero)
        #expect(breaker.admit(at: .seconds(10)) == .admitted)
        breaker.noteFailure(at: .seconds(11))
        #expect(breaker.admit(at: .seconds(20)) == .refused(for: .seconds(1)))
    }

    @Test func aTrialThatNobodyEndedIsForgottenAfterAPause() {
        var breaker = CircuitBreaker(failureCountMax: 1, pause: .seconds(10))
        breaker.noteFailure(at: .zero)
        #expect(breaker.admit(at: .seconds(10)) == .admitted)
        #expect(breaker.admit(at: .seconds(20)) == .admitted)
    }

    /// Any course of events against a plain account of them.
    @Test(arguments: 0..<50 as Range<UInt64>)
    func itIsOpenExactlyWhileItShouldBe(seed: UInt64) {
        var numbers = SeededGenerator(seed: seed)
        let failureCountMax = Int.random(in: 1...4, using: &numbers)
        let pause = Int.random(in: 1...10, using: &numbers)
        var breaker = CircuitBreaker(failureCountMax: failureCountMax, pause: .seconds(pause))
        var (now, failures, isClosed, blockedUntil) = (0, 0, true, 0)
        for _ in 0..<200 {
            now += Int.random(in: 0...3, using: &numbers)
            let admission = breaker.admit(at: .seconds(now))
            guard admission == .admitted else {
                #expect(!isClosed && now < blockedUntil)
                #expect(admission == .refused(for: .seconds(blockedUntil - now)))
                continue
            }
            #expect(isClosed || now >= blockedUntil)
            if !isClosed { blockedUntil = now + pause }
            if Bool.random(using: &numbers) {
                breaker.noteAnswer()
                (failures, isClosed) = (0, true)
            } else {
                breaker.noteFailure(at: .seconds(now))
                failures += 1
                if !isClosed || failures >= failureCountMax { (isClosed, blockedUntil) = (false, now + pause) }
            }
        }
    }
}
