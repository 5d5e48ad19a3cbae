import Foundation
import SlipwayTesting

/// Models with the answers that a reference implementation gave; `dev/references/engine_fixtures.py` made them.
enum Fixtures {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/engines")

    static func model(_ name: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: "\(name)/model.onnx"))
    }

    /// A model with inputs and expected outputs.
    static func engine(_ name: String) throws -> EngineFixture {
        try EngineFixture(folder: folder.appending(path: name))
    }
}
