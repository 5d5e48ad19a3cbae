import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct DenseFusionTests {
    /// A network of two hidden layers, whose constants are made of a formula.
    private static func network(
        _ first: String, _ second: String, reading output: String = "y", widths: (Int, Int) = (19, 8)
    ) -> Graph {
        func constant(_ seed: Int, _ shape: Int...) -> Tensor {
            let values = (0..<shape.reduce(1, *)).map { Float(($0 * 37 + seed * 11) % 101) / 50 - 1 }
            return Tensor(shape: shape, elements: .float32(values))
        }
        func node(_ name: String, _ inputs: [String], _ output: String) -> Node {
            Node(name: output, operatorName: name, inputs: inputs, outputs: [output])
        }
        return Graph(
            name: "network", inputs: [GraphValue(name: "x", type: .tensor(.float32, shape: [nil, 5]))],
            outputs: [GraphValue(name: output, type: .tensor(.float32, shape: nil))]
                + (output == "y" ? [] : [GraphValue(name: "y", type: .tensor(.float32, shape: nil))]),
            nodes: [
                node("MatMul", ["x", "w1"], "a"), node("Add", ["b1", "a"], "b"), node(first, ["b"], "c"),
                node("Gemm", ["c", "w2", "b2"], "d"), node(second, ["d"], "e"), node("MatMul", ["e", "w3"], "f"),
                node("Add", ["f", "b3"], "y"),
            ],
            initializers: [
                "w1": constant(1, 5, widths.0), "b1": constant(2, 1, widths.0),
                "w2": constant(3, widths.0, widths.1), "b2": constant(4, widths.1),
                "w3": constant(5, widths.1, 3), "b3": constant(6, 3),
            ], opsets: ["": 18])
    }

    /// Twice as many rows as go together through layers of 19 columns, and one more.
    private static let rows: [Float] = (0..<431 * 5).map { Float(($0 * 29) % 83) / 20 - 2 }

    @Test(arguments: [("Relu", "Sigmoid"), ("Tanh", "Relu"), ("Sigmoid", "Tanh")])
    func aNetworkIsOneStepThatAnswersAsItsNodesDo(_ first: String, _ second: String) throws {
        let graph = Self.network(first, second)
        let fused = try PlanBuilder(graph).finish()
        let plain = try PlanBuilder(graph, fusing: false).finish()
        #expect(fused.steps.count == 1 && plain.steps.count == 7)
        for count in [1, 3, 214, 215, 216, 431] {
            let input = ["x": Tensor(shape: [count, 5], elements: .float32(Array(Self.rows[..<(count * 5)])))]
            #expect(try fused.run(input)[0].tensor == plain.run(input)[0].tensor, "\(count) rows")
        }
    }

    @Test(arguments: [("Relu", "Sigmoid"), ("Tanh", "Relu")])
    func aNarrowNetworkAnswersAsItsNodesDo(_ first: String, _ second: String) throws {
        let graph = Self.network(first, second, widths: (7, 2))
        let fused = try PlanBuilder(graph).finish()
        let plain = try PlanBuilder(graph, fusing: false).finish()
        #expect(fused.steps.count == 1)
        for count in [1, 15, 16, 17, 431] {
            let input = ["x": Tensor.floats(Array(Self.rows[..<(count * 5)]), count, 5)]
            #expect(try fused.run(input)[0].tensor == plain.run(input)[0].tensor, "\(count) rows")
        }
    }

    @Test(arguments: [19, 6])
    func aRowAloneGetsTheBitsThatItGetsAmongOthers(_ width: Int) throws {
        let plan = try PlanBuilder(Self.network("Tanh", "Sigmoid", widths: (width, 4))).finish()
        let all = try plan.run(["x": .floats(Self.rows, 431, 5)])[0].tensor
        for row in 0..<431 {
            let one = try plan.run(["x": .floats(Array(Self.rows[row * 5..<row * 5 + 5]), 1, 5)])[0].tensor
            #expect(one.asDoubles == all.asDoubles.map { Array($0[row * 3..<row * 3 + 3]) }, "row \(row)")
        }
    }

    @Test
    func aValueThatIsAnAnswerIsNotSwallowed() throws {
        let graph = Self.network("Relu", "Relu", reading: "b")
        let fused = try PlanBuilder(graph).finish()
        let input = ["x": Tensor.floats(Self.rows, 431, 5)]
        #expect(fused.steps.count == 3)
        #expect(try fused.run(input) == PlanBuilder(graph, fusing: false).finish().run(input))
    }

    @Test
    func rowsOfAnotherWidthAreRefusedByTheNodeAtFault() throws {
        var graph = Self.network("Relu", "Relu")
        graph.inputs = [GraphValue(name: "x", type: .tensor(.float32, shape: nil))]
        let plan = try PlanBuilder(graph).finish()
        let error = #expect(throws: ModelError.self) { try plan.run(["x": .floats([1, 2, 3, 4], 1, 4)]) }
        #expect(error?.message.contains("node 'a' (MatMul)") == true)
    }
}
