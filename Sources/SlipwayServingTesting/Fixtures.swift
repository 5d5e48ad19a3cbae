package import Foundation
package import SlipwayTesting

/// Models with the answers that a reference implementation gave; `dev/references/engine_fixtures.py` made them.
package enum Fixtures {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Tests/Fixtures/engines")

    package static func model(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: "\(name)/model.onnx"))
    }

    /// A model with inputs and expected outputs.
    package static func engine(_ name: String) throws -> EngineFixture {
        try EngineFixture(folder: folder.appending(path: name))
    }
}
