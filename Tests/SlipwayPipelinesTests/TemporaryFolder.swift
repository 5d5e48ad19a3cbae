import Foundation

/// An empty folder that is removed with all in it when the value goes.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/slipway-pipelines-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names of the files in the folder, hidden ones included.
    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    func path(_ name: String) -> String { path + "/" + name }

    func text(of name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }
}
