import Testing

@testable import SlipwayLoad

struct LatencyQuantilesTests {
    @Test(arguments: [0.0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1])
    func quantilesLieWithinOnePercentOfTheSortedCalls(share: Double) throws {
        // Times over nine orders of magnitude, in an order that is not theirs.
        let times = (0..<5_000).map { UInt64(pow10(Double($0 * 37 % 5_000) / 5_000 * 9)) }
        var histogram = LatencyQuantiles()
        for time in times { histogram.add(nanoseconds: time) }
        let rank = max(1, Int((share * 5_000).rounded(.up)))
        let expected = Double(times.sorted()[rank - 1])
        let found = try #require(histogram.quantile(share))
        #expect(abs(found - expected) <= expected * 0.01)
    }

    @Test func theSmallestAndTheLargestTimesHaveAPlace() {
        var histogram = LatencyQuantiles()
        histogram.add(nanoseconds: 0)
        #expect(histogram.quantile(0.5) == 0)
        histogram.add(nanoseconds: .max)
        #expect((histogram.longest ?? 0) / Double(LatencyQuantiles.nanosecondsMax) > 0.99)
    }

    @Test func mergingAddsTheCallsOfBoth() {
        var (one, other) = (LatencyQuantiles(), LatencyQuantiles())
        one.add(nanoseconds: 10)
        other.add(nanoseconds: 20)
        other.add(nanoseconds: 30)
        one.merge(other)
        #expect(one.count == 3)
        #expect([0.3, 0.6, 1].map(one.quantile) == [10, 20, 30])
    }

    @Test func theDistributionIsTextThatPlottersRead() throws {
        var histogram = LatencyQuantiles()
        for microseconds in 1...1_000 { histogram.add(nanoseconds: UInt64(microseconds) * 1_000) }
        let lines = histogram.distributionText.split(separator: "\n")
        let words = lines.map { $0.split(separator: " ").map(String.init) }
        #expect(words[0] == ["Value", "Percentile", "TotalCount", "1/(1-Percentile)"])
        let points = words.dropFirst().filter { !$0[0].hasPrefix("#") }.map { $0.compactMap(Double.init) }
        for point in points {
            // A thousand times of 1 to 1,000 µs: as many are at most so long as the time has microseconds.
            #expect(abs(point[0] - point[2]) <= 1 + point[0] / 1_000)
            #expect(point[2] / 1_000 >= point[1] - 1e-9)
        }
        #expect(points.last?[1] == 1)
        #expect(lines.contains { $0.hasPrefix("#[Max") && $0.contains("Total count    =         1000]") })
    }

    @Test func noCallsHaveNoQuantile() {
        #expect(LatencyQuantiles().quantile(0.5) == nil)
    }

    private func pow10(_ exponent: Double) -> Double {
        var (power, rest) = (1.0, exponent)
        while rest >= 1 { (power, rest) = (power * 10, rest - 1) }
        // Linear between two powers: any growing function serves.
        return power * (1 + 9 * rest)
    }
}
