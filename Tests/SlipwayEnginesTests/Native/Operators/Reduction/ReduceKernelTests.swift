import SlipwayModel
import Testing

struct ReduceKernelTests {
    @Test
    func axesComeAsAttributeOrAsInput() throws {
        let input = Tensor.floats([1, 2, 3, 4], 2, 2)
        let attributes: [String: Attribute] = ["axes": .integers([0]), "keepdims": .integer(0)]
        let old = SingleNode(operatorName: "ReduceSum", attributes: attributes, opsets: ["": 11])
        let new = SingleNode(operatorName: "ReduceSum", attributes: ["keepdims": .integer(0)])
        #expect(try old.run(input) == [.floats([4, 6])])
        #expect(try new.run(input, .integers([0])) == [.floats([4, 6])])
    }

    @Test
    func exponentialsOfLargeNumbersDoNotOverflow() throws {
        let answer = try SingleNode(operatorName: "ReduceLogSumExp").run(.floats([1000, 1000]))
        #expect(answer[0].asDoubles.map { abs($0[0] - 1000.6931) < 1e-3 } == true)
    }

    @Test
    func theExtremesOfNothingAreThoseThatAnyElementReplaces() throws {
        #expect(try SingleNode(operatorName: "ReduceMax").run(.floats([], 0)) == [.floats([-.infinity], 1)])
        #expect(try SingleNode(operatorName: "ReduceMin").run(.integers([], 0)) == [.integers([.max], 1)])
        #expect(try SingleNode(operatorName: "ReduceSum").run(.floats([], 0)) == [.floats([0], 1)])
    }

    @Test(arguments: [[2], [-3], [0, 0], [.max]])
    func axesOutOfRangeOrGivenTwiceAreRefused(_ axes: [Int64]) {
        #expect(throws: ModelError.self) {
            try SingleNode(operatorName: "ReduceSum").run(.floats([1, 2], 1, 2), .integers(axes))
        }
    }
}
