import Dispatch
import Foundation

/// One connection by the program `openssl s_client`, kept open over several requests.
final class SecureConnection: Sendable {
    private let process: Process
    private let input: FileHandle
    private let output: FileHandle

    init(port: Int) throws {
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl", "s_client", "-quiet", "-connect", "127.0.0.1:\(port)"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        self.input = input.fileHandleForWriting
        self.output = output.fileHandleForReading
        try process.run()
    }

    /// Sends a request without a body and reads its answer, which must be a JSON object.
    func exchange(_ head: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { [input, output] in
                continuation.resume(
                    with: Result {
                        try input.write(contentsOf: Data("\(head)\r\nHost: localhost\r\n\r\n".utf8))
                        var received = Data()
                        while !received.contains(UInt8(ascii: "}")) {
                            let piece = output.availableData
                            guard !piece.isEmpty else { break }
                            received += piece
                        }
                        return String(decoding: received, as: UTF8.self)
                    })
            }
        }
    }

    func close() async {
        try? input.close()
        process.terminate()
    }
}
