import SlipwayModel
import Testing

struct SoftmaxKernelTests {
    @Test
    func hugeScoresDoNotOverflow() throws {
        let answer = try SingleNode(operatorName: "Softmax").run(.floats([1e30, 1e30], 1, 2))
        #expect(answer == [.floats([0.5, 0.5], 1, 2)])
    }

    @Test
    func beforeVersionThirteenTrailingDimensionsAreTakenTogether() throws {
        let input = Tensor.floats([0, 0, 0, 0], 1, 2, 2)
        let old = SingleNode(operatorName: "Softmax", opsets: ["": 12])
        #expect(try old.run(input) == [.floats([0.25, 0.25, 0.25, 0.25], 1, 2, 2)])
        #expect(try SingleNode(operatorName: "Softmax").run(input) == [.floats([0.5, 0.5, 0.5, 0.5], 1, 2, 2)])
    }
}
