import Testing

@testable import SlipwayMonitoring

struct UnpairedTestTests {
    private static func test(_ champion: [Double], _ challenger: [Double]) -> UnpairedTest {
        var test = UnpairedTest()
        for figure in champion { test.add(champion: figure) }
        for figure in challenger { test.add(challenger: figure) }
        return test
    }

    private static func shares(_ counts: [Int]) -> [Double] { (0..<counts[1]).map { $0 < counts[0] ? 1 : 0 } }

    @Test(arguments: try DifferenceReference.load().unpaired)
    func theMeanDifferenceIsWelchsByScipy(_ row: DifferenceReference.Samples) throws {
        let test = Self.test(row.champion, row.challenger)
        let report = try #require(test.meanDifference(confidence: 0.95))
        #expect(report.method == .welch)
        #expect(agree(report.pValue, row.pValue, within: 1e-7))
        #expect(agree(report.low, row.low, within: 1e-8) && agree(report.high, row.high, within: 1e-8))
        let exceeds = try #require(test.pValue(challengerExceedsChampionTimes: 1.1))
        #expect(agree(exceeds, try #require(row.exceedsByTenth), within: 1e-7))
    }

    @Test(arguments: try DifferenceReference.load().shares)
    func sharesAreComparedAsStatsmodelsDoes(_ row: DifferenceReference.Shares) throws {
        let test = Self.test(Self.shares(row.champion), Self.shares(row.challenger))
        let report = try #require(test.shareDifference(confidence: 0.95))
        #expect(report.method == .newcombe)
        #expect(abs(report.pValue - row.pValue) < 1e-9)
        #expect(abs(report.low - row.low) < 1e-9 && abs(report.high - row.high) < 1e-9)
    }

    @Test func aSideWithoutRowsIsNotCompared() {
        #expect(Self.test([1, 0], []).shareDifference(confidence: 0.95) == nil)
        #expect(Self.test([1, 0], [1]).meanDifference(confidence: 0.95) == nil)
    }
}
