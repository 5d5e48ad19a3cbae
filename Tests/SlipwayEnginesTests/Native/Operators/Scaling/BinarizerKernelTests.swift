import SlipwayModel
import Testing

struct BinarizerKernelTests {
    private let binarizer = SingleNode.learning("Binarizer", ["threshold": .float(0.5)])

    @Test
    func onlyValuesAboveTheThresholdAreOne() throws {
        #expect(try binarizer.run(.floats([0.5, 0.75], 1, 2)) == [.floats([0, 1], 1, 2)])
    }

    @Test
    func aValueThatIsNoNumberIsRefused() {
        #expect(throws: ModelError.self) { try binarizer.run(.floats([.nan], 1, 1)) }
    }
}
