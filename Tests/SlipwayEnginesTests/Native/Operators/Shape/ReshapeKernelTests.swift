import SlipwayModel
import Testing

struct ReshapeKernelTests {
    private let reshape = SingleNode(operatorName: "Reshape")

    @Test
    func zeroKeepsADimensionAndMinusOneTakesTheRest() throws {
        let answer = try reshape.run(.floats([1, 2, 3, 4, 5, 6], 2, 3), .integers([0, -1, 1]))
        #expect(answer[0].shape == [2, 3, 1])
    }

    @Test(arguments: [[-1, -1], [4], [0, 0, 0], [-2, 3], [.max, .max], [-1, 5], []])
    func shapesThatHoldAnotherNumberOfElementsAreRefused(_ shape: [Int64]) {
        #expect(throws: ModelError.self) { try reshape.run(.floats([1, 2, 3, 4, 5, 6], 2, 3), .integers(shape)) }
    }
}
