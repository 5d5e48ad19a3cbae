import Testing

@testable import SlipwayModel

struct TopologicalOrderTests {
    private func node(_ inputs: [String], _ output: String, captures: [String] = []) -> Node {
        Node(
            name: output, operatorName: "Neg", inputs: inputs, outputs: [output], hasSubgraph: !captures.isEmpty,
            captures: captures)
    }

    @Test func nodesInOrderKeepTheirPlaces() {
        let nodes = [node(["x"], "a"), node(["x"], "b"), node(["b", "a"], "c"), node(["x"], "d")]
        #expect(TopologicalOrder(of: nodes) == .order([0, 1, 2, 3]))
    }

    @Test func aWriterMovesBeforeItsReaders() {
        let nodes = [node(["b"], "a"), node(["x"], "c"), node(["x"], "b")]
        #expect(TopologicalOrder(of: nodes) == .order([2, 0, 1]))
    }

    @Test func aCycleIsGivenWithoutTheNodesThatLeadIntoIt() {
        let nodes = [node(["c"], "a"), node(["d"], "c"), node(["c"], "d")]
        #expect(TopologicalOrder(of: nodes) == .cycle([1, 2]))
    }

    @Test func capturesCountAsReads() {
        let nodes = [node(["x"], "a", captures: ["b"]), node(["x"], "b")]
        #expect(TopologicalOrder(of: nodes) == .order([1, 0]))
    }

    @Test func aLongChainInReverseNeedsNoStack() {
        let length = 100_000
        let nodes = (0..<length).map { node(["v\($0 + 1)"], "v\($0)") }
        #expect(TopologicalOrder(of: nodes) == .order(Array((0..<length).reversed())))
    }
}
