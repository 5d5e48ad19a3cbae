import Testing

@testable import SlipwayMonitoring

struct PopulationStabilityIndexTests {
    private let test = PopulationStabilityIndex()

    @Test(arguments: try StatisticsReference.load().numeric)
    func matchesTheReferenceForNumbers(_ row: StatisticsReference.Numeric) throws {
        let score = try #require(test.score(baseline: row.baselineSample, current: row.currentSample))
        #expect(agree(score.statistic, row.psi), "\(score.statistic) against \(row.psi)")
    }

    @Test(arguments: try StatisticsReference.load().categories)
    func matchesTheReferenceForCategories(_ row: StatisticsReference.Categories) throws {
        let score = try #require(test.score(baseline: row.baselineCounts, current: row.currentCounts))
        #expect(agree(score.statistic, row.psi), "\(score.statistic) against \(row.psi)")
    }

    @Test func identicalSamplesScoreZero() throws {
        let sample = WeightedSample(values: (0..<100).map(Double.init))
        let score = try #require(test.score(baseline: sample, current: sample))
        #expect(score.statistic == 0)
        #expect(score.verdict == .stable)
    }

    @Test func anEmptyBinNeverScoresInfinity() throws {
        let low = WeightedSample(values: (0..<100).map(Double.init))
        let high = WeightedSample(values: (0..<100).map { Double($0) + 1000 })
        for (baseline, current) in [(low, high), (high, low)] {
            let score = try #require(test.score(baseline: baseline, current: current))
            #expect(score.statistic.isFinite)
            #expect(score.verdict == .drifted)
        }
    }

    @Test func aConstantBaselineNoticesValuesOnEitherSide() throws {
        let constant = WeightedSample(values: [Double](repeating: 5, count: 50))
        for moved in [4.0, 6.0] {
            let current = WeightedSample(values: [Double](repeating: moved, count: 50))
            #expect(try #require(test.score(baseline: constant, current: current)).verdict == .drifted)
        }
    }

    @Test func infiniteValuesFallIntoTheOuterBins() throws {
        let baseline = WeightedSample(values: (0..<100).map(Double.init))
        let current = WeightedSample(values: [.infinity, -.infinity, .nan, 50])
        #expect(current.totalWeight == 3)
        #expect(try #require(test.score(baseline: baseline, current: current)).statistic.isFinite)
    }

    @Test func anEmptySampleHasNoScore() {
        #expect(test.score(baseline: WeightedSample(values: []), current: WeightedSample(values: [1])) == nil)
        #expect(test.score(baseline: CategoryCounts(["a": 1]), current: CategoryCounts([:])) == nil)
    }
}
