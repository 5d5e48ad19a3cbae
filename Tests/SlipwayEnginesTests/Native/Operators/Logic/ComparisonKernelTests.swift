import SlipwayModel
import Testing

struct ComparisonKernelTests {
    @Test(arguments: ["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"])
    func aValueThatIsNoNumberComparesFalse(_ name: String) throws {
        let answer = try SingleNode(operatorName: name).run(.floats([.nan]), .floats([.nan]))
        #expect(answer == [Tensor(shape: [1], elements: .bool([false]))])
    }

    @Test
    func textsCanBeEqualButHaveNoOrder() throws {
        let answer = try SingleNode(operatorName: "Equal").run(.texts(["a", "b"]), .texts(["a"]))
        #expect(answer == [Tensor(shape: [2], elements: .bool([true, false]))])
        #expect(throws: ModelError.self) { try SingleNode(operatorName: "Less").run(.texts(["a"]), .texts(["b"])) }
    }
}
