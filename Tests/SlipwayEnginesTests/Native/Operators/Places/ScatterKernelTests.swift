import SlipwayModel
import Testing

struct ScatterKernelTests {
    private let node = SingleNode(operatorName: "ScatterND")

    @Test(arguments: [[3], [-4], [.max]] as [[Int64]])
    func anIndexOutOfRangeIsRefused(_ index: [Int64]) {
        #expect(throws: ModelError.self) {
            try node.run(.floats([1, 2, 3]), .integers(index, 1, 1), .floats([9]))
        }
    }

    @Test func updatesOfAnotherShapeAreRefused() {
        #expect(throws: ModelError.self) {
            try node.run(.floats([1, 2, 3]), .integers([0], 1, 1), .floats([9, 9]))
        }
    }

    @Test func aReductionThatIsNotKnownIsDeclined() {
        let node = SingleNode(operatorName: "ScatterND", attributes: ["reduction": .string("median")])
        let error = #expect(throws: ModelError.self) { try node.load() }
        #expect(error?.kind == .unsupportedModel)
    }
}
