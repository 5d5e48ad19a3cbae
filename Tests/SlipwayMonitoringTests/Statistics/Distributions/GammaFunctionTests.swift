import Testing

@testable import SlipwayMonitoring

struct GammaFunctionTests {
    @Test func bothTailsMatchScipy() throws {
        for row in try StatisticsReference.load().gamma {
            let (a, x) = (row[0], row[1])
            let upper = GammaFunction.regularizedUpper(a, x)
            let lower = GammaFunction.regularizedLower(a, x)
            #expect(agreeInTail(upper, row[2]), "Q(\(a), \(x)) = \(upper), not \(row[2])")
            #expect(agreeInTail(lower, row[3]), "P(\(a), \(x)) = \(lower), not \(row[3])")
        }
    }

    @Test func theLogarithmMatchesScipy() throws {
        for row in try StatisticsReference.load().logGamma {
            #expect(agree(GammaFunction.logarithm(row[0]), row[1], within: 1e-12), "ln Γ(\(row[0]))")
        }
    }

    @Test func theEndsAreExact() {
        #expect(GammaFunction.regularizedUpper(3, 0) == 1)
        #expect(GammaFunction.regularizedLower(3, 0) == 0)
        #expect(GammaFunction.regularizedUpper(3, .infinity) == 0)
        #expect(ChiSquareDistribution.survival(at: 4, degreesOfFreedom: 0) == 1)
    }
}
