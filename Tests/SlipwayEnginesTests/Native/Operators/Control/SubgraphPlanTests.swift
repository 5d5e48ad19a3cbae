import SlipwayModel
import Testing

@testable import SlipwayEngines

struct SubgraphPlanTests {
    private static func plan(_ nodes: [Node], constants: [String: Tensor] = [:]) throws -> SubgraphPlan {
        let body = Subgraph(
            inputs: ["x"], outputs: ["y"], nodes: nodes, initializers: constants, opsets: ["": 18])
        return try SubgraphPlan(
            "body",
            of: NodeContext(
                node: Node(name: "outer", operatorName: "If", inputs: [], outputs: [], subgraphs: ["body": body]),
                opset: 18))
    }

    @Test func valuesPassFromNodeToNode() throws {
        let plan = try Self.plan(
            [
                Node(name: "one", operatorName: "Identity", inputs: ["c"], outputs: ["d"]),
                Node(name: "two", operatorName: "Add", inputs: ["d", "d"], outputs: ["e"]),
                Node(name: "three", operatorName: "Mul", inputs: ["x", "e"], outputs: ["y"]),
            ], constants: ["c": .floats([3])])
        #expect(try plan.run([.floats([1, 2])], captures: []) == [.floats([6, 12])])
    }

    @Test func whatFailsForItsConstantsFailsWhenItRunsAndNamesTheNode() throws {
        let plan = try Self.plan(
            [Node(name: "the division", operatorName: "Div", inputs: ["c", "zero"], outputs: ["y"])],
            constants: ["c": .integers([3]), "zero": .integers([0])])
        let problem = #expect(throws: KernelProblem.self) { try plan.run([.floats([1])], captures: []) }
        #expect(problem?.message.contains("'the division'") == true)
    }

    @Test func aMissingResultIsAProblem() throws {
        let plan = try Self.plan([])
        #expect(throws: KernelProblem.self) { try plan.run([.floats([1])], captures: []) }
    }
}
