import Testing

@testable import SlipwayServing

@Suite struct PredictionPaceTests {
    private static let rowCount = Double(PredictionPace.measuredRowCount)

    @Test func aCallIsExpectedToTakeWhatItCostsAndWhatItsRowsCost() {
        let pace = PredictionPace(one: 0.003, many: 0.002 + 0.001 * Self.rowCount)
        #expect(abs(pace.cost.fixed - 0.002) < 1e-9 && abs(pace.cost.perRow - 0.001) < 1e-9)
        #expect(abs(pace.expectedSeconds(rows: 100) - 0.102) < 1e-9)
    }

    @Test(arguments: [(0.001, 0.0002), (0.0, 0.0), (0.001, 10.0)])
    func oddMeasurementsGiveNoNegativeTime(one: Double, many: Double) {
        let pace = PredictionPace(one: one, many: many)
        #expect(pace.cost.fixed >= 0 && pace.cost.perRow >= 0)
        #expect(pace.expectedSeconds(rows: 10_000) >= pace.expectedSeconds(rows: 1))
    }

    @Test func aModelThatWasNotMeasuredIsKnownFromItsFirstCall() {
        let pace = PredictionPace()
        #expect(pace.expectedSeconds(rows: 1) == .infinity)
        pace.observe(rows: 10, seconds: 0.1)
        #expect(abs(pace.expectedSeconds(rows: 1) - 0.01) < 1e-9)
    }

    @Test func aModelThatBecomesSlowIsFoundOut() {
        let pace = PredictionPace(one: 0.0001, many: 0.0001 * Self.rowCount)
        for _ in 0..<60 { pace.observe(rows: 1, seconds: 0.01) }
        #expect(pace.expectedSeconds(rows: 1) > 0.005)
        for _ in 0..<60 { pace.observe(rows: 1, seconds: 0.0001) }
        #expect(pace.expectedSeconds(rows: 1) < 0.0005)
    }

    @Test func oneCallThatHadToWaitMakesNoSlowModel() {
        let pace = PredictionPace(one: 0.0001, many: 0.0001 * Self.rowCount)
        pace.observe(rows: 1, seconds: 1)
        #expect(pace.expectedSeconds(rows: 1) < 0.00012)
    }

    @Test func rowsAreJoinedOnlyWhereACallCostsMoreThanItsRow() {
        #expect(!BatchingRule(fixed: 0.00001, perRow: 0.000001).isOn)
        #expect(!BatchingRule(fixed: 0.001, perRow: 0.002).isOn)
        #expect(!BatchingRule(fixed: 0.02, perRow: 0.001).isOn)
        #expect(BatchingRule(fixed: 0.001, perRow: 0.0001).rowCount == 40)
        #expect(BatchingRule(fixed: 0.001, perRow: 0).rowCount == BatchingRule.rowCountMax)
    }
}
