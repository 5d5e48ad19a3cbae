import SlipwayModel
import Testing

struct CastKernelTests {
    private func cast(_ input: Tensor, to type: ElementType) throws(ModelError) -> Tensor {
        try SingleNode(operatorName: "Cast", attributes: ["to": .integer(Int64(type.rawValue))]).run(input)[0]
    }

    @Test
    func floatsOutsideTheRangeBecomeTheSmallestWholeNumber() throws {
        #expect(try cast(.floats([.nan, .infinity, 1e30]), to: .int64) == .integers([.min, .min, .min]))
        let narrow = try cast(.doubles([1e10, -1.9]), to: .int32)
        #expect(narrow == Tensor(shape: [2], elements: .int32([.min, -1])))
    }

    @Test
    func textThatIsNoNumberIsNamed() throws {
        let error = try #require(throws: ModelError.self) { try cast(.texts(["12", "twelve"]), to: .float32) }
        #expect(error.message.contains("'twelve' is not a number"))
    }

    @Test(arguments: [Int64(0), 99, 16])
    func typesThatAreNotCoveredAreDeclined(_ number: Int64) throws {
        let node = SingleNode(operatorName: "Cast", attributes: ["to": .integer(number)])
        let error = try #require(throws: ModelError.self) { try node.load() }
        #expect(error.kind == .unsupportedModel)
    }
}
