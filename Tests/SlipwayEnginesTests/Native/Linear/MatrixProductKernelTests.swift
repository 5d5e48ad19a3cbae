import SlipwayModel
import Testing

struct MatrixProductKernelTests {
    private let product = SingleNode(operatorName: "MatMul")

    @Test
    func sumsDoNotLoseSmallTermsBesideLargeOnes() throws {
        let answer = try product.run(.floats([1e8, 1, -1e8], 1, 3), .floats([1, 1, 1], 3, 1))
        #expect(answer == [.floats([1], 1, 1)])
    }

    @Test
    func aMissingRowOfTheOtherMatrixIsRefused() {
        #expect(throws: ModelError.self) { try product.run(.floats([1, 2], 1, 2), .floats([1, 2, 3], 3, 1)) }
        #expect(throws: ModelError.self) { try product.run(.floats([1, 2], 1, 2), .doubles([1, 2], 2, 1)) }
    }

    @Test
    func aProductWithoutInnerDimensionIsZero() throws {
        #expect(try product.run(.floats([], 2, 0), .floats([], 0, 1)) == [.floats([0, 0], 2, 1)])
    }
}
