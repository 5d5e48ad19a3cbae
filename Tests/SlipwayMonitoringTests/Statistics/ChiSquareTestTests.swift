import Testing

@testable import SlipwayMonitoring

struct ChiSquareTestTests {
    private let test = ChiSquareTest()

    @Test(arguments: try StatisticsReference.load().categories)
    func matchesScipy(_ row: StatisticsReference.Categories) throws {
        let score = try #require(test.score(baseline: row.baselineCounts, current: row.currentCounts))
        #expect(agree(score.statistic, row.chiSquare.statistic))
        #expect(agreeInTail(try #require(score.pValue), row.chiSquare.pValue))
    }

    @Test func unnamedRowsStandForCategoriesThatWereNotKept() throws {
        let cut = CategoryCounts(["a": 60, "b": 30], otherCount: 10)
        let full = CategoryCounts(["a": 60, "b": 30, "c": 4, "d": 6])
        #expect(try #require(test.score(baseline: cut, current: full)).statistic == 0)
        #expect(try #require(test.score(baseline: full, current: cut)).statistic == 0)
    }

    @Test func aCategoryThatVanishedIsNotTakenForUnnamed() throws {
        let cut = CategoryCounts(["a": 60, "b": 30], otherCount: 10)
        let current = CategoryCounts(["a": 90, "c": 10])
        #expect(try #require(test.score(baseline: cut, current: current)).verdict == .drifted)
    }

    @Test func anEmptySampleHasNoScore() {
        #expect(test.score(baseline: CategoryCounts([:]), current: CategoryCounts(["a": 1])) == nil)
    }
}
