import SlipwayModel
import Testing

struct PadKernelTests {
    private func padded(_ mode: String, _ widths: [Int64]) throws -> [Tensor] {
        try SingleNode(operatorName: "Pad", attributes: ["mode": .string(mode)], opsets: ["": 19])
            .run(.floats([1, 2, 3]), .integers(widths))
    }

    @Test func aDimensionGoesOnInEachOfFourWays() throws {
        #expect(try padded("constant", [1, 2]) == [.floats([0, 1, 2, 3, 0, 0])])
        #expect(try padded("edge", [1, 2]) == [.floats([1, 1, 2, 3, 3, 3])])
        #expect(try padded("reflect", [1, 2]) == [.floats([2, 1, 2, 3, 2, 1])])
        #expect(try padded("wrap", [1, 2]) == [.floats([3, 1, 2, 3, 1, 2])])
        #expect(try padded("constant", [-1, -1]) == [.floats([2])])
    }

    @Test(arguments: [[1], [.max, .max], [.min, 0], [-2, -2]] as [[Int64]])
    func widthsThatFitNothingAreRefused(_ widths: [Int64]) {
        #expect(throws: ModelError.self) { try padded("constant", widths) }
    }
}
