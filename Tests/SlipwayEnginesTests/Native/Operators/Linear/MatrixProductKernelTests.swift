import SlipwayModel
import Testing

struct MatrixProductKernelTests {
    private let product = SingleNode(operatorName: "MatMul")

    @Test
    func narrowSumsDoNotLoseSmallTermsBesideLargeOnes() throws {
        let answer = try product.run(.floats([1e8, 1, -1e8], 1, 3), .floats([1, 1, 1], 3, 1))
        #expect(answer == [.floats([1], 1, 1)])
    }

    /// Shapes that take every way through the blocks of rows and columns.
    @Test(arguments: [(1, 70), (2, 8), (4, 45), (7, 13), (9, 1)])
    func eachElementIsTheSumOfItsTermsWhateverTheOtherRowsAre(_ rows: Int, _ columns: Int) throws {
        let inner = 11
        let left = (0..<rows * inner).map { Float(($0 * 37) % 101) / 7 - 5 }
        let right = (0..<inner * columns).map { Float(($0 * 53) % 97) / 11 - 4 }
        let other = Tensor.floats(right, inner, columns)
        let all = try product.run(.floats(left, rows, inner), other)[0].asDoubles ?? []
        for row in 0..<rows {
            let terms = Array(left[row * inner..<(row + 1) * inner])
            let alone = try product.run(.floats(terms, 1, inner), other)[0].asDoubles ?? []
            #expect(alone == Array(all[row * columns..<(row + 1) * columns]))
            for column in 0..<columns {
                let products = terms.indices.map { Double(terms[$0]) * Double(right[$0 * columns + column]) }
                let error = abs(alone[column] - products.reduce(0, +))
                #expect(error <= 1e-6 * products.reduce(0) { $0 + abs($1) })
            }
        }
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
