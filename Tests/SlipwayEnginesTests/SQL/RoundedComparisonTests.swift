import Testing

@testable import SlipwayEngines

/// A comparison moved before the rounding decides as it did after it, on both sides of every boundary.
struct RoundedComparisonTests {
    @Test(arguments: [
        Float(0), -0.0, 0.1, 1, -1, 16_777_216, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1.1754944e-38,
        3.4028235e38, -3.4028235e38, 0.3, 7.7,
    ])
    func decidesAsTheRoundedNumberDoes(_ threshold: Float) throws {
        let comparisons: [SQLExpression.Comparison] = [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal]
        var numbers: [Double] = [0, -0.0, Double.infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude]
        for single in [threshold, threshold.nextUp, threshold.nextDown] where single.isFinite {
            let middle = (Double(single) + Double(single.nextUp.isFinite ? single.nextUp : single)) / 2
            for number in [Double(single), middle] { numbers += [number, number.nextUp, number.nextDown] }
        }
        numbers += [0x1.ffffffp127, 0x1.ffffffp127.nextDown, -0x1.ffffffp127, -0x1.ffffffp127.nextUp]
        for comparison in comparisons {
            let moved = try #require(RoundedComparison(comparison, threshold: Double(threshold)))
            for number in numbers {
                let expected = comparison.holds(Float(number), threshold)
                let found = moved.bounds.allSatisfy { $0.comparison.holds(number, $0.threshold) }
                #expect(found == expected, "\(number) \(comparison.rawValue) \(threshold)")
            }
        }
    }
}
