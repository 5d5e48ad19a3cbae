import Testing

@testable import SlipwayMonitoring

struct MissingRateChangeTests {
    private let test = MissingRateChange()

    @Test func theStatisticIsTheDifferenceOfTheRates() throws {
        let score = try #require(test.score(baseline: (missing: 10, rows: 1000), current: (missing: 60, rows: 200)))
        #expect(agree(score.statistic, 0.29))
        #expect(score.verdict == .drifted)
    }

    @Test func aSureButTinyChangeIsStable() throws {
        let score = try #require(
            test.score(baseline: (missing: 0, rows: 1_000_000), current: (missing: 1_000, rows: 1_000_000)))
        #expect(try #require(score.pValue) < 1e-9)
        #expect(score.verdict == .stable)
    }

    @Test func aLargeChangeOfFewRowsIsStable() throws {
        let score = try #require(test.score(baseline: (missing: 0, rows: 5), current: (missing: 1, rows: 5)))
        #expect(score.verdict == .stable)
    }

    @Test func noRowsHaveNoScore() {
        #expect(test.score(baseline: (missing: 0, rows: 0), current: (missing: 1, rows: 5)) == nil)
    }
}
