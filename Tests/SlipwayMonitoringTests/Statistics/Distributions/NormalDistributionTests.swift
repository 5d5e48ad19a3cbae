import Testing

@testable import SlipwayMonitoring

struct NormalDistributionTests {
    @Test(arguments: try DifferenceReference.load().normal)
    func quantilesMatchScipy(row: [Double]) {
        #expect(abs(NormalDistribution.upperQuantile(row[0]) - row[1]) < 1e-9)
    }
}
