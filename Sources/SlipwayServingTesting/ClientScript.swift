import Foundation
package import SlipwayData
import SlipwayModel
import SlipwayTesting

/// The scripts under `dev/clients`, which drive a server with clients that nobody here wrote; `dev/setup` installs those.
package enum ClientScript {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What the scripts send to the model `bare` of a ``TestProject``, and what a reference implementation answers.
    package static func referenceCase() throws -> JSONObject {
        let fixture = try Fixtures.engine("tree-classifier")
        guard let rows = fixture.inputs["X"] else { return [:] }
        func cells(_ tensor: Tensor) -> [JSONValue] { (0..<tensor.count).map { JSONValue(tensor.value(at: $0)) } }
        func matrix(_ tensor: Tensor) -> JSONValue {
            let cells = cells(tensor)
            return .array(
                stride(from: 0, to: cells.count, by: tensor.width).map {
                    .array(Array(cells[$0..<($0 + tensor.width)]))
                })
        }
        return [
            "model": "bare", "version": "1", "input": "X", "rows": matrix(rows),
            "labels": .array(cells(fixture.outputs[0].tensor)), "probabilities": matrix(fixture.outputs[1].tensor),
        ]
    }

    /// Writes what a script reads.
    package static func write(_ document: JSONObject, to path: String) throws {
        try Data(JSONValue.object(document).text.utf8).write(to: URL(filePath: path))
    }

    /// Runs a script with the clients' own Python.
    package static func run(_ script: String, _ arguments: String...) async throws -> Program.Outcome {
        try await Program.run(
            root.appending(path: ".venv-clients/bin/python").path(),
            [root.appending(path: "dev/clients/\(script)").path()] + arguments)
    }
}
