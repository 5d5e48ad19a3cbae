import SlipwayModel
import Testing

struct ConstantOfShapeKernelTests {
    private let node = SingleNode(operatorName: "ConstantOfShape")

    @Test
    func theDefaultIsZeroInSinglePrecision() throws {
        #expect(try node.run(.integers([2, 1])) == [.floats([0, 0], 2, 1)])
    }

    @Test(arguments: [[1 << 40], [1 << 31, 1 << 31, 4], [0, 1 << 60], [-1], [Int64](repeating: 1, count: 40)])
    func hugeOrNegativeShapesAreRefused(_ shape: [Int64]) {
        #expect(throws: ModelError.self) { try node.run(.integers(shape)) }
    }
}
