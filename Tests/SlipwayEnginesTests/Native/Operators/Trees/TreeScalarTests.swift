import Testing

@testable import SlipwayEngines

struct TreeScalarTests {
    @Test
    func onlyWhatIsAtMostAThresholdDoesNotExceedIt() {
        #expect([1, 2, -.infinity].map { (value: Float) in value.exceeds(2) } == [0, 0, 0])
        #expect([Float(2).nextUp, .infinity, .nan].map { $0.exceeds(2) } == [1, 1, 1])
        #expect([-0.0, 0, Double.nan].map { $0.exceeds(0) } == [0, 0, 1])
        #expect(Double.infinity.exceeds(.infinity) == 0)
    }

    @Test(arguments: [0, 1, 77, (1 << 22) - 1])
    func aLeafIsReadFromTheNumberThatHoldsIt(_ leaf: Int) {
        #expect(Float(leaf: leaf).isNaN && Float(leaf: leaf).leaf == leaf)
        #expect(Double(leaf: leaf).isNaN && Double(leaf: leaf).leaf == leaf)
    }
}
