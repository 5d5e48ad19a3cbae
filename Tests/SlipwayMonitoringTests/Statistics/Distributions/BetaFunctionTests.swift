import Testing

@testable import SlipwayMonitoring

struct BetaFunctionTests {
    @Test(arguments: try DifferenceReference.load().beta)
    func matchesScipy(row: [Double]) {
        let share = BetaFunction.regularized(row[0], row[1], row[2])
        #expect(agree(share, row[3], within: 1e-8), "\(row): \(share)")
    }

    @Test func nothingLiesBelowZeroAndAllBelowOne() {
        #expect(BetaFunction.regularized(2, 3, 0) == 0)
        #expect(BetaFunction.regularized(2, 3, 1) == 1)
    }
}
