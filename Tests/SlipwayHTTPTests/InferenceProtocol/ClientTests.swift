import Foundation
import SlipwayData
import SlipwayModel
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// Clients that nobody here wrote, which `dev/setup` installs, get what they expect.
@Suite(.serialized) struct ClientTests {
    @Test func theClientsOfTritonAndKServeGetTheReferenceAnswers() async throws {
        try await TestServer.ready { server, project in
            let fixture = try Fixtures.engine("tree-classifier")
            let rows = try #require(fixture.inputs["X"])
            func matrix(_ cells: [JSONValue], width: Int) -> JSONValue {
                .array(
                    stride(from: 0, to: cells.count, by: width).map { .array(Array(cells[$0..<($0 + width)])) })
            }
            let outputs = fixture.outputs.map(\.tensor)
            func cells(of output: Int) -> [JSONValue] {
                (0..<outputs[output].count).map { JSONValue(outputs[output].value(at: $0)) }
            }
            let document = JSONValue.object([
                "model": "bare", "version": "1", "input": "X",
                "rows": matrix((0..<rows.count).map { JSONValue(rows.value(at: $0)) }, width: rows.width),
                "labels": .array(cells(of: 0)),
                "probabilities": matrix(cells(of: 1), width: outputs[1].width),
            ])
            let file = project.folder.path("case.json")
            try Data(document.text.utf8).write(to: URL(filePath: file))
            let ran = try await OutsideProgram.clients([
                "dev/clients/open_inference.py", "http://127.0.0.1:\(server.port)", file,
            ])
            #expect(ran.said == "all as expected\n")
        }
    }
}
