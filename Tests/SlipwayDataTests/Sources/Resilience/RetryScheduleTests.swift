import SlipwayTesting
import Testing

@testable import SlipwayData

struct RetryScheduleTests {
    @Test(arguments: 0..<30 as Range<UInt64>)
    func pausesDoubleUpToTheLongestAndAreDrawnFromTheUpperHalf(seed: UInt64) {
        var numbers = SeededGenerator(seed: seed)
        var schedule = RetrySchedule(retryCount: 12)
        var full = ResiliencePolicy.pauseFirst
        for _ in 0..<12 {
            guard let pause = schedule.pause(after: .passing(), using: &numbers) else {
                Issue.record("there is no pause")
                return
            }
            #expect(pause >= full / 2 && pause <= full)
            full = min(full * 2, ResiliencePolicy.pauseMax)
        }
        #expect(schedule.pause(after: .passing(), using: &numbers) == nil)
        #expect(schedule.failureCount == 13)
    }

    @Test func pausesAreNotAllTheSame() {
        var pauses: Set<Duration> = []
        for seed in 0..<20 as Range<UInt64> {
            var numbers = SeededGenerator(seed: seed)
            var schedule = RetrySchedule(retryCount: 1)
            if let pause = schedule.pause(after: .passing(), using: &numbers) { pauses.insert(pause) }
        }
        #expect(pauses.count > 15)
    }

    @Test func whatWillNotPassIsNotTriedAgain() {
        var numbers = SeededGenerator(seed: 1)
        var schedule = RetrySchedule(retryCount: 5)
        #expect(schedule.pause(after: .lasting, using: &numbers) == nil)
    }

    @Test func aServerThatNamesATimeIsNotAskedBeforeNorWaitedForLong() {
        var numbers = SeededGenerator(seed: 1)
        var schedule = RetrySchedule(retryCount: 5)
        #expect(schedule.pause(after: .passing(after: .seconds(7)), using: &numbers) == .seconds(7))
        #expect(schedule.pause(after: .passing(after: .seconds(3_600)), using: &numbers) == nil)
    }
}
