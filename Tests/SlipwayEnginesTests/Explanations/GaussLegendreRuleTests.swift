import Testing

@testable import SlipwayEngines

struct GaussLegendreRuleTests {
    @Test(arguments: [1, 2, 4, 8, 16, 32, 128]) func polynomialsOfTheHighestDegreeAreExact(_ count: Int) {
        let rule = GaussLegendreRule(count: count)
        for degree in [0, 1, count, 2 * count - 1] {
            let sum = zip(rule.points, rule.weights).reduce(0) { sum, point in
                sum + point.1 * (0..<degree).reduce(1) { power, _ in power * point.0 }
            }
            #expect(abs(sum - 1 / Double(degree + 1)) <= 1e-14)
        }
    }

    @Test func pointsLieWithinTheIntervalAndAscend() {
        let points = GaussLegendreRule(count: 24).points
        #expect(points == points.sorted() && points[0] > 0 && points[23] < 1)
    }

    /// Abramowitz and Stegun, table 25.4, moved from (-1, 1) to (0, 1).
    @Test func twoPointsAreThoseOfTheTable() {
        let rule = GaussLegendreRule(count: 2)
        #expect(abs(rule.points[1] - (1 + 0.577350269189626) / 2) <= 1e-15)
        #expect(abs(rule.weights[0] - 0.5) <= 1e-15)
    }
}
