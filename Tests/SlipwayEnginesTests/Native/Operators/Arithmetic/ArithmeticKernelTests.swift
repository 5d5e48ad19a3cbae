import SlipwayModel
import Testing

struct ArithmeticKernelTests {
    private func run(_ name: String, _ left: Tensor, _ right: Tensor) throws(ModelError) -> Tensor {
        try SingleNode(operatorName: name).run(left, right)[0]
    }

    @Test
    func wholeNumbersWrapAroundInsteadOfTrapping() throws {
        #expect(try run("Add", .integers([.max]), .integers([1])) == .integers([.min]))
        #expect(try run("Mul", .integers([.max]), .integers([2])) == .integers([-2]))
        #expect(try run("Div", .integers([.min]), .integers([-1])) == .integers([.min]))
        #expect(try run("Mod", .integers([.min]), .integers([-1])) == .integers([0]))
    }

    @Test(arguments: ["Div", "Mod"])
    func aWholeNumberIsNotDividedByZero(_ name: String) {
        #expect(throws: ModelError.self) { try run(name, .integers([1]), .integers([0])) }
    }

    @Test
    func floatsDividedByZeroAreInfinite() throws {
        #expect(try run("Div", .floats([1, -1]), .floats([0])) == .floats([.infinity, -.infinity]))
    }

    @Test
    func theRemainderHasTheSignOfTheDivisor() throws {
        #expect(try run("Mod", .integers([-7, 7]), .integers([3, -3])) == .integers([2, -2]))
    }

    @Test
    func numbersOfDifferentTypesAreNotMixed() {
        #expect(throws: ModelError.self) { try run("Add", .floats([1]), .doubles([1])) }
        #expect(throws: ModelError.self) { try run("Add", .texts(["a"]), .texts(["b"])) }
    }

    @Test
    func aColumnMeetsARow() throws {
        let (column, row) = (Tensor.floats([1, 2, 3], 3, 1), Tensor.floats([10, 20]))
        #expect(try run("Sub", column, row) == .floats([-9, -19, -8, -18, -7, -17], 3, 2))
        #expect(try run("Sub", row, column) == .floats([9, 19, 8, 18, 7, 17], 3, 2))
        let matrix = Tensor.floats([10, 20, 30, 40, 50, 60], 3, 2)
        #expect(try run("Sub", column, matrix) == .floats([-9, -19, -28, -38, -47, -57], 3, 2))
        #expect(try run("Sub", matrix, column) == .floats([9, 19, 28, 38, 47, 57], 3, 2))
    }

    @Test
    func aResultAboveTheLimitIsRefused() throws {
        let column = Tensor.floats([Float](repeating: 0, count: 10_000), 10_000, 1)
        let row = Tensor.floats([Float](repeating: 0, count: 10_000), 1, 10_000)
        let error = try #require(throws: ModelError.self) { try run("Add", column, row) }
        #expect(error.kind == .limitExceeded)
    }
}
