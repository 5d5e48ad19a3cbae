import SlipwayModel
import Testing

struct GatherKernelTests {
    private let gather = SingleNode(operatorName: "Gather", attributes: ["axis": .integer(1)])

    @Test
    func negativeIndicesCountFromTheBack() throws {
        #expect(try gather.run(.floats([1, 2, 3], 1, 3), .integers([-1, 0])) == [.floats([3, 1], 1, 2)])
    }

    @Test(arguments: [3, -4, Int64.max, Int64.min])
    func anIndexOutOfRangeIsRefused(_ index: Int64) throws {
        let error = try #require(throws: ModelError.self) {
            try gather.run(.floats([1, 2, 3], 1, 3), .integers([index]))
        }
        #expect(error.kind == .inferenceFailed)
        #expect(error.message.contains("index \(index) is out of range for a dimension of 3"))
    }

    @Test
    func anAxisOutOfRangeIsRefused() {
        #expect(throws: ModelError.self) { try gather.run(.floats([1, 2, 3]), .integers([0])) }
    }
}
