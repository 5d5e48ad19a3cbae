import Testing

@testable import SlipwayMonitoring

struct StudentDistributionTests {
    @Test(arguments: try DifferenceReference.load().student)
    func quantilesMatchScipy(row: [Double]) {
        let width = StudentDistribution.halfWidth(confidence: row[0], degreesOfFreedom: row[1])
        #expect(agree(width, row[2], within: 1e-8), "\(row): \(width)")
    }

    @Test func theTwoSidesOfZeroAddUpToOne() {
        let above = StudentDistribution.survival(at: 1.3, degreesOfFreedom: 7)
        let below = StudentDistribution.survival(at: -1.3, degreesOfFreedom: 7)
        #expect(abs(above + below - 1) < 1e-12 && above < below)
    }
}
