import Dispatch
import Foundation

/// Runs programs that are not ours, away from the threads that carry the server.
package enum Program {
    package struct Outcome: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String
    }

    package static func run(_ name: String, _ arguments: [String]) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try outcome(name, arguments) })
            }
        }
    }

    private static func outcome(_ name: String, _ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardInput = FileHandle.nullDevice
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Both programs say little on standard error, so it never fills before standard output ends.
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let problems = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: text, errors: problems)
    }
}
