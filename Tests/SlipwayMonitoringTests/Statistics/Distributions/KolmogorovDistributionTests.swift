import Testing

@testable import SlipwayMonitoring

struct KolmogorovDistributionTests {
    @Test func matchesScipyFromEndToEnd() throws {
        for row in try StatisticsReference.load().kolmogorov {
            let survival = KolmogorovDistribution.survival(at: row[0])
            #expect(agreeInTail(survival, row[1]), "Q(\(row[0])) = \(survival), not \(row[1])")
        }
    }

    @Test func nothingLiesBelowZero() {
        #expect(KolmogorovDistribution.survival(at: 0) == 1)
        #expect(KolmogorovDistribution.survival(at: -1) == 1)
    }
}
