import Testing

@testable import SlipwayMonitoring

struct PairedTestTests {
    @Test(arguments: try DifferenceReference.load().paired)
    func theMeanDifferenceIsThatOfScipy(_ row: DifferenceReference.Samples) throws {
        var test = PairedTest()
        for (champion, challenger) in zip(row.champion, row.challenger) {
            test.add(champion: champion, challenger: challenger)
        }
        let report = try #require(test.meanDifference(confidence: 0.95))
        #expect(report.method == .pairedT && report.championRows == row.champion.count)
        #expect(agree(report.difference, try #require(row.difference), within: 1e-6))
        #expect(agree(report.pValue, row.pValue, within: 1e-6))
        #expect(agree(report.low, row.low, within: 1e-6) && agree(report.high, row.high, within: 1e-6))
    }

    @Test(arguments: try DifferenceReference.load().mcnemar)
    func rightAndWrongAnswersAreTestedAsMcNemarDid(_ row: DifferenceReference.Pairs) throws {
        var test = PairedTest()
        for (count, figures) in zip(row.rows, [(1.0, 1.0), (1, 0), (0, 1), (0, 0)]) {
            for _ in 0..<count { test.add(champion: figures.0, challenger: figures.1) }
        }
        let report = try #require(test.shareDifference(confidence: 0.95))
        #expect(report.method == .mcNemar)
        #expect(agree(report.pValue, row.pValue, within: 1e-8))
        #expect(abs(report.low - row.low) < 1e-9 && abs(report.high - row.high) < 1e-9)
    }

    @Test func onePairIsNoSample() {
        var test = PairedTest()
        test.add(champion: 1, challenger: 2)
        #expect(test.meanDifference(confidence: 0.95) == nil && test.shareDifference(confidence: 0.95) == nil)
    }

    @Test func aDifferenceThatNeverVariesIsCertain() throws {
        var test = PairedTest()
        for figure in [1.0, 2, 4] { test.add(champion: figure, challenger: figure + 1) }
        let report = try #require(test.meanDifference(confidence: 0.95))
        #expect(report.pValue == 0 && report.low == 1 && report.high == 1 && report.isSignificant)
    }
}
