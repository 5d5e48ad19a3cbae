import Testing

@testable import SlipwayMonitoring

struct JensenShannonDistanceTests {
    private let test = JensenShannonDistance()

    @Test(arguments: try StatisticsReference.load().categories)
    func matchesScipy(_ row: StatisticsReference.Categories) throws {
        let score = try #require(test.score(baseline: row.baselineCounts, current: row.currentCounts))
        #expect(agree(score.statistic, row.jensenShannon), "\(score.statistic) against \(row.jensenShannon)")
    }

    @Test func samplesWithNothingInCommonAreAtDistanceOne() throws {
        let score = try #require(test.score(baseline: CategoryCounts(["a": 3]), current: CategoryCounts(["b": 9])))
        #expect(score.statistic == 1)
    }
}
