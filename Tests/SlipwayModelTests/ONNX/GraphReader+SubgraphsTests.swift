import Foundation
import SwiftProtobuf
import Testing

@testable import SlipwayModel

/// The graphs inside nodes, as far as the reader can say.
struct GraphReaderSubgraphsTests {
    private static let model = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/engines/operators-control/model.onnx").standardizedFileURL

    @Test func aNodeHoldsItsGraphsWithTheirConstantsAndCaptures() throws {
        let graph = try ONNXModel(contentsOf: Self.model.path).graph()
        let scan = try #require(graph.nodes.first { $0.operatorName == "Scan" })
        let body = try #require(scan.subgraphs["body"])
        #expect(body.inputs == ["total_in", "slice"])
        #expect(body.outputs == ["total", "distance"])
        #expect(body.nodes.map(\.operatorName) == ["Add", "Sub", "ReduceSumSquare"])
        #expect(body.initializers == ["axis": Tensor(shape: [1], elements: .int64([1]))])
        #expect(body.opsets == graph.opsets)
        #expect(scan.captures == ["y"])
        let branch = try #require(graph.nodes.first { $0.operatorName == "If" })
        #expect(branch.subgraphs.keys.sorted() == ["else_branch", "then_branch"])
    }

    @Test func aGraphThatBreaksARuleIsLeftOutWithoutAFinding() throws {
        let read = try ONNXModel(contentsOf: Self.model.path)
        var message = read.message
        let index = try #require(message.graph.node.firstIndex { $0.opType == "Scan" })
        message.graph.node[index].attribute[0].g.initializer[0].dataType = 999
        let model = try ONNXModel(bytes: message.serializedData())
        #expect(model.diagnostics().filter { $0.severity == .error }.isEmpty)
        let scan = try model.graph().nodes.first { $0.name == message.graph.node[index].name }
        #expect(scan?.subgraphs.isEmpty == true)
        #expect(scan?.hasSubgraph == true)
    }
}
