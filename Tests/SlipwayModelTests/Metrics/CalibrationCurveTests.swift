import SlipwayModel
import Testing

struct CalibrationCurveTests {
    @Test func anInnerEdgeBelongsToTheBinBelowAndTheOuterOnesToTheirOnlyBin() {
        let curve = CalibrationCurve(
            isPositive: [false, false, true, true], probabilities: [0, 0.5, 0.5, 1], binCount: 2)
        #expect(curve.bins.map(\.count) == [3, 1])
    }

    @Test(arguments: 1...50)
    func everyRowFallsIntoABinWhoseMeanItHelpsToForm(binCount: Int) {
        let probabilities = (0...binCount).map { Double($0) / Double(binCount) }
        let curve = CalibrationCurve(
            isPositive: probabilities.map { $0 > 0.5 }, probabilities: probabilities, binCount: binCount)
        #expect(curve.bins.reduce(0) { $0 + $1.count } == binCount + 1)
        #expect(zip(curve.bins, curve.bins.dropFirst()).allSatisfy { $0.meanProbability < $1.meanProbability })
    }

    @Test func perfectCalibrationHasNoError() {
        let curve = CalibrationCurve(isPositive: [true, false, true, true], probabilities: [0.5, 0.5, 1, 1])
        #expect(curve.expectedError == 0)
        #expect(CalibrationCurve(isPositive: [], probabilities: []).expectedError == 0)
    }
}
