import Foundation

/// shap's `TreeExplainer`, in a Python process that lives as long as this object and measures its own calls.
final class ShapContender: Contender {
    /// The program that the process runs; `dev/bench` starts everything in the folder above.
    private static let script = "Benchmarks/contributions.py"

    private let process = Process()
    private let requests = Pipe()
    private let replies = Pipe()
    private var seconds = 0.0

    /// Starts the process and lets it load the model.
    ///
    /// - Throws: ``BenchmarkProblem`` when shap does not read it.
    init(_ subject: Subject, folder: String, environment: String) throws {
        process.executableURL = URL(filePath: "\(environment)/bin/python")
        process.arguments = [Self.script, folder, "\(subject.rowCount)"]
        process.standardInput = requests
        process.standardOutput = replies
        try process.run()
        try ask("batch 0")
    }

    deinit {
        try? requests.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    func predictBatch() throws -> Double {
        try ask("batch 1")
        return 0
    }

    func predictRow(_ index: Int) throws -> Double {
        try ask("row \(index)")
        return 0
    }

    func answers() throws -> [Double] {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: path) }
        try ask("answers \(path.path)")
        return try Data(contentsOf: path).withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }
    }

    func processorSeconds() -> Double { seconds }

    /// Sends a request and waits for the time of all calls so far.
    private func ask(_ request: String) throws {
        try requests.fileHandleForWriting.write(contentsOf: Data("\(request)\n".utf8))
        let line = try reply()
        guard let answer = Double(line) else {
            throw BenchmarkProblem("shap gave '\(line)' for '\(request)'; its words stand above")
        }
        seconds = answer
    }

    /// The next line; empty when the process has ended.
    private func reply() throws -> String {
        var bytes = Data()
        while bytes.last != UInt8(ascii: "\n") {
            guard let more = try replies.fileHandleForReading.read(upToCount: 1), !more.isEmpty else { break }
            bytes += more
        }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
