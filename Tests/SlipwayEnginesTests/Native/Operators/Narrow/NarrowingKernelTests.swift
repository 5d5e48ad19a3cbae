import SlipwayEngines
import SlipwayModel
import Testing

struct NarrowingKernelTests {
    /// Answers of one operator whose inputs are all declared in one narrow type.
    private func answer(_ operatorName: String, _ type: ElementType, _ inputs: Tensor...) throws -> Tensor {
        var graph = SingleNode(operatorName: operatorName).graph(of: inputs)
        for index in graph.inputs.indices { graph.inputs[index].type = .tensor(type, shape: nil) }
        let named = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { ("input\($0)", $1) })
        return try NativeEngine().load(graph).predict(named)[0].tensor
    }

    @Test func halfPrecisionIsRoundedAfterTheOperator() throws {
        #expect(try answer("Add", .float16, .floats([2048]), .floats([1])) == .floats([2048]))
        #expect(try answer("Mul", .float16, .floats([60000]), .floats([2])) == .floats([.infinity]))
    }

    @Test func wholeNumbersWrapAround() throws {
        #expect(try answer("Add", .uint8, .integers([255]), .integers([2])) == .integers([1]))
        #expect(try answer("Sub", .uint16, .integers([0]), .integers([1])) == .integers([0xFFFF]))
        #expect(try answer("Mul", .int8, .integers([64]), .integers([2])) == .integers([-128]))
    }

    @Test func anUnsignedNumberThatTensorsCannotHoldIsRefused() {
        #expect(throws: ModelError.self) { try answer("Sub", .uint64, .integers([0]), .integers([1])) }
    }

    @Test func positionsAndTruthsAreNotNarrow() throws {
        #expect(try answer("ArgMax", .uint8, .integers([3, 9])) == .integers([1]))
        #expect(try answer("Equal", .float16, .floats([1]), .floats([1])).elements == .bool([true]))
    }
}
