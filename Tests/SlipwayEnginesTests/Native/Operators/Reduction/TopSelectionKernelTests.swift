import SlipwayModel
import Testing

struct TopSelectionKernelTests {
    private let node = SingleNode(operatorName: "TopK", outputCount: 2)

    @Test func ofEqualElementsTheFirstComeFirst() throws {
        #expect(try node.run(.floats([1, 3, 3, 2]), .integers([3])) == [.floats([3, 3, 2]), .integers([1, 2, 3])])
    }

    @Test(arguments: [[5], [-1], []] as [[Int64]])
    func aCountOutOfRangeIsRefused(_ count: [Int64]) {
        #expect(throws: ModelError.self) { try node.run(.floats([1, 3, 3, 2]), .integers(count)) }
    }
}
