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
    func sumsOfExponentialsAreTheSameInBothPrecisions() throws {
        let node = SingleNode(operatorName: "ReduceLogSumExp", attributes: ["keepdims": .integer(0)])
        let rows: [Float] = [1, 2, 3, -200, -201, -202, 0, 0, 0, 88, 87, -5]
        let doubles = Tensor(shape: [4, 3], elements: .float64(rows.map { Double($0) }))
        let found = try #require(try node.run(.floats(rows, 4, 3), .integers([1]))[0].asDoubles)
        let exact = try #require(try node.run(doubles, .integers([1]))[0].asDoubles)
        for (found, exact) in zip(found, exact) { #expect(abs(found - exact) <= 2e-7 * abs(exact)) }
    }

    @Test
    func sumsOfInfiniteExponentialsAreInfinite() throws {
        let node = SingleNode(operatorName: "ReduceLogSumExp", attributes: ["keepdims": .integer(0)])
        let rows: [Float] = [.infinity, 1, -.infinity, -.infinity, .infinity, -.infinity]
        #expect(
            try node.run(.floats(rows, 3, 2), .integers([1])) == [.floats([.infinity, -.infinity, .infinity])])
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
