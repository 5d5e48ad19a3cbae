import Foundation
import SlipwayServingTesting

/// Programs that the tests run where this machine has them.
enum OutsideProgram {
    /// The folder of the whole project.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Runs the Python of the clients that `dev/setup` installs.
    static func clients(_ arguments: [String]) async throws -> Program.Outcome {
        try await Program.run(root.appending(path: ".venv-clients/bin/python").path(), arguments)
    }

    /// Whether the system's search path has a program.
    static func isThere(_ name: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }
}
