import Foundation

/// Another program, run to its end.
enum Program {
    /// What a program wrote.
    struct Output {
        /// Its standard output.
        var text: String
        /// Its standard error.
        var messages: String
        /// Its exit code.
        var status: Int32
    }

    /// This program's own file.
    static var own: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }

    /// Runs a program that is found on the `PATH`.
    ///
    /// - Throws: When it cannot be started.
    static func run(_ arguments: [String]) throws -> Output {
        let process = Process()
        let (output, messages) = (Pipe(), FileManager.default.temporaryDirectory.appending(path: UUID().uuidString))
        try Data().write(to: messages)
        defer { try? FileManager.default.removeItem(at: messages) }
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return Output(
            text: text, messages: String(decoding: (try? Data(contentsOf: messages)) ?? Data(), as: UTF8.self),
            status: process.terminationStatus)
    }
}
