import SlipwayData
import SlipwayServing
import Testing

struct ClockWatchTests {
    private let start = Timestamp(milliseconds: 1_772_357_400_000)
    private let instant = ContinuousClock.now

    /// What a watch says of looks, each given by the seconds that passed on the clock and in truth.
    private func verdicts(_ looks: [(clock: Int64, truth: Int64)]) -> [Bool] {
        var watch = ClockWatch()
        return looks.map { look in
            watch.isBelievable(start.adding(milliseconds: look.clock * 1_000), at: instant + .seconds(look.truth))
        }
    }

    @Test func aClockThatRunsWithTheOtherIsBelieved() {
        let looks = (0..<3_000).map { (clock: Int64($0) * 60, truth: Int64($0) * 60) }
        #expect(verdicts(looks).allSatisfy { $0 })
    }

    @Test func aYearThatPassedInAMinuteIsNotBelievedForADay() {
        let year: Int64 = 365 * 86_400
        let looks = stride(from: Int64(60), through: 86_460, by: 3_600).map { (clock: year + $0, truth: $0) }
        let said = verdicts([(0, 0)] + looks + [(year + 86_461, 86_461)])
        #expect(said.first == true && said.last == true)
        #expect(said.dropFirst().prefix(24) == Array(repeating: false, count: 24)[...])
    }

    @Test func aClockThatIsSetRightIsBelievedAtOnce() {
        #expect(verdicts([(0, 0), (86_400, 60), (120, 120)]) == [true, false, true])
    }
}
