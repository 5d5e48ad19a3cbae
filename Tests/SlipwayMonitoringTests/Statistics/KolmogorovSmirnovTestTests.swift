import Testing

@testable import SlipwayMonitoring

struct KolmogorovSmirnovTestTests {
    private let test = KolmogorovSmirnovTest()

    @Test(arguments: try StatisticsReference.load().numeric)
    func matchesScipy(_ row: StatisticsReference.Numeric) throws {
        let score = try #require(test.score(baseline: row.baselineSample, current: row.currentSample))
        #expect(agree(score.statistic, row.ks.statistic))
        #expect(agreeInTail(try #require(score.pValue), row.ks.pValue))
    }

    @Test func aPointOfWeightThreeEqualsThreeRows() {
        let rows = WeightedSample(values: [1, 2, 2, 2, 3])
        let weights = [3.0: 1.0, 2: 3, 1: 1]
        let points = WeightedSample(weights.map { WeightedSample.Point(value: $0.key, weight: $0.value) })
        #expect(rows == points)
    }

    @Test func theSidesMayBeExchanged() throws {
        let first = WeightedSample(values: [1, 4, 5, 9])
        let second = WeightedSample(values: [2, 2, 6])
        let forward = try #require(test.score(baseline: first, current: second))
        #expect(test.score(baseline: second, current: first) == forward)
    }

    @Test func samplesWithNothingInCommonAreAtDistanceOne() throws {
        let low = WeightedSample(values: (0..<40).map(Double.init))
        let high = WeightedSample(values: (100..<140).map(Double.init))
        let score = try #require(test.score(baseline: low, current: high))
        #expect(score.statistic == 1)
        #expect(score.verdict == .drifted)
    }

    @Test func anEmptySampleHasNoScore() {
        #expect(test.score(baseline: WeightedSample(values: [.nan]), current: WeightedSample(values: [1])) == nil)
    }
}
