import SlipwayModel
import Testing

struct ExtremeIndexKernelTests {
    @Test
    func ofEqualValuesTheFirstIsTakenUnlessTheLastIsAskedFor() throws {
        let input = Tensor.floats([1, 3, 3], 1, 3)
        let first = SingleNode(operatorName: "ArgMax", attributes: ["axis": .integer(1)])
        let last = SingleNode(
            operatorName: "ArgMax", attributes: ["axis": .integer(1), "select_last_index": .integer(1)])
        #expect(try first.run(input) == [.integers([1], 1, 1)])
        #expect(try last.run(input) == [.integers([2], 1, 1)])
    }

    @Test
    func noElementsHaveNoExtreme() {
        #expect(throws: ModelError.self) { try SingleNode(operatorName: "ArgMin").run(.floats([], 0, 2)) }
    }
}
