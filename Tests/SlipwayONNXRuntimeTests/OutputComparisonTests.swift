import SlipwayModel
import SlipwayTesting
import Testing

/// The comparison decides what every engine's conformance means, so it is held to its own claims here.
struct OutputComparisonTests {
    private func output(_ values: [Float], labels: [String]? = nil) -> [PredictorOutput] {
        let tensor = Tensor(shape: [1, values.count], elements: .float32(values))
        return [PredictorOutput(name: "y", tensor: tensor, labels: labels)]
    }

    @Test func smallDifferencesAgreeAndLargerOnesDoNot() {
        let comparison = OutputComparison()
        #expect(comparison.difference(output([1.000005]), from: output([1])) == nil)
        #expect(comparison.difference(output([1.0001]), from: output([1])) != nil)
        #expect(OutputComparison.exact.difference(output([1.0000001]), from: output([1])) != nil)
    }

    @Test func onlyNaNEqualsNaNAndOnlyInfinityInfinity() {
        let comparison = OutputComparison()
        #expect(comparison.difference(output([.nan]), from: output([.nan])) == nil)
        #expect(comparison.difference(output([0]), from: output([.nan])) != nil)
        #expect(comparison.difference(output([.nan]), from: output([0])) != nil)
        #expect(comparison.difference(output([5]), from: output([.infinity])) != nil)
        #expect(comparison.difference(output([-.infinity]), from: output([.infinity])) != nil)
    }

    @Test func columnsAreMatchedByLabel() {
        let comparison = OutputComparison()
        let expected = output([1, 2], labels: ["a", "b"])
        #expect(comparison.difference(output([2, 1], labels: ["b", "a"]), from: expected) == nil)
        #expect(comparison.difference(output([1, 2], labels: ["b", "a"]), from: expected) != nil)
        #expect(comparison.difference(output([1, 2], labels: ["a", "c"]), from: expected) != nil)
        #expect(comparison.difference(output([1, 2]), from: expected) != nil)
    }
}
