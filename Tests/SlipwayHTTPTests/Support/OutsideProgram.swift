import Foundation

/// Programs that nobody here wrote, run against a real server.
enum OutsideProgram {
    /// The folder of the whole project.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Runs the Python of the clients that `dev/setup` installs.
    static func clients(_ arguments: [String]) async throws -> (status: Int32, said: String) {
        try await run(root.appending(path: ".venv-clients/bin/python"), arguments)
    }

    /// Runs a program of the system's search path.
    static func named(_ name: String, _ arguments: [String]) async throws -> (status: Int32, said: String) {
        try await run(URL(filePath: "/usr/bin/env"), [name] + arguments)
    }

    /// Whether the system's search path has a program.
    static func isThere(_ name: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }

    /// Runs a program, and returns its exit status and all that it says.
    private static func run(_ program: URL, _ arguments: [String]) async throws -> (status: Int32, said: String) {
        let process = Process()
        process.executableURL = program
        process.currentDirectoryURL = root
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        // Reading holds a thread, and the server under test needs those of the pool.
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let said = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
                process.waitUntilExit()
                continuation.resume(returning: (process.terminationStatus, String(decoding: said, as: UTF8.self)))
            }
        }
    }
}
