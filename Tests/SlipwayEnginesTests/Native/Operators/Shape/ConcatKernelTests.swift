import SlipwayModel
import Testing

struct ConcatKernelTests {
    private let concat = SingleNode(operatorName: "Concat", attributes: ["axis": .integer(-1)])

    @Test
    func columnsComeSideBySide() throws {
        let answer = try concat.run(.texts(["a", "b"], 2, 1), .texts(["c", "d", "e", "f"], 2, 2))
        #expect(answer == [.texts(["a", "c", "d", "b", "e", "f"], 2, 3)])
    }

    @Test
    func tensorsOfOtherRowsTypesOrDimensionsAreRefused() {
        #expect(throws: ModelError.self) { try concat.run(.floats([1], 1, 1), .floats([1, 2], 2, 1)) }
        #expect(throws: ModelError.self) { try concat.run(.floats([1], 1, 1), .doubles([1], 1, 1)) }
        #expect(throws: ModelError.self) { try concat.run(.floats([1], 1, 1), .floats([1])) }
        #expect(throws: ModelError.self) { try SingleNode(operatorName: "Concat").load() }
    }
}
