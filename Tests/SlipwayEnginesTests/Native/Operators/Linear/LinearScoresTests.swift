import SlipwayData
import Testing

@testable import SlipwayEngines

struct LinearScoresTests {
    /// Whole blocks of every width of vector, and all that may be left of one.
    @Test(arguments: [1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 300], [1, 2])
    func everyScoreIsTheSumOfItsTermsInTheirOrder(rows: Int, count: Int) throws {
        var random = SplitMix64(seed: UInt64(rows))
        func number() -> Float { Float.random(in: -3...3, using: &random) }
        let width = 5
        let coefficients = (0..<count * width).map { _ in number() }
        let intercepts = (0..<count).map { _ in number() }
        let values = (0..<rows * width).map { _ in number() }
        let model = try LinearScores(coefficients: coefficients, intercepts: intercepts, count: count)
        var found: [Double] = []
        model.score(values, rows: rows) { _, count, sums in
            for row in 0..<count { for score in 0..<model.count { found.append(sums[row * model.lanes + score]) } }
        }
        for row in 0..<rows {
            for score in 0..<count {
                var sum = Double(intercepts[score])
                for feature in 0..<width {
                    sum += Double(values[row * width + feature]) * Double(coefficients[score * width + feature])
                }
                #expect(found[row * count + score] == sum)
            }
        }
    }
}
