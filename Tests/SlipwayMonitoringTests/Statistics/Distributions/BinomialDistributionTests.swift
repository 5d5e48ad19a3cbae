import Testing

@testable import SlipwayMonitoring

struct BinomialDistributionTests {
    @Test(arguments: try DifferenceReference.load().binomial)
    func theTailMatchesScipy(row: [Double]) {
        let tail = BinomialDistribution.atLeast(Int(row[0]), of: Int(row[1]), probability: row[2])
        #expect(agree(tail, row[3], within: 1e-8), "\(row): \(tail)")
    }

    @Test(arguments: try DifferenceReference.load().bounds)
    func theBoundsAreThoseOfClopperAndPearson(row: [Double]) {
        let low = BinomialDistribution.lowerBound(Int(row[0]), of: Int(row[1]), level: row[2])
        let high = BinomialDistribution.upperBound(Int(row[0]), of: Int(row[1]), level: row[2])
        #expect(agree(low, row[3], within: 1e-8), "\(row): \(low)")
        #expect(agree(high, row[4], within: 1e-8), "\(row): \(high)")
    }
}
