import SlipwayModel
import Testing

struct WhereKernelTests {
    @Test
    func allThreeInputsAreStretched() throws {
        let condition = Tensor(shape: [2, 1], elements: .bool([true, false]))
        let answer = try SingleNode(operatorName: "Where").run(condition, .floats([1, 2], 1, 2), .floats([9]))
        #expect(answer == [.floats([1, 2, 9, 9], 2, 2)])
    }

    @Test
    func choicesOfDifferentTypesAreRefused() {
        let condition = Tensor(shape: [1], elements: .bool([true]))
        #expect(throws: ModelError.self) {
            try SingleNode(operatorName: "Where").run(condition, .floats([1]), .integers([1]))
        }
    }
}
