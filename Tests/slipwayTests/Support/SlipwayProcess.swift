import Foundation
import SlipwayData
import Synchronization
import Testing

/// A run of the built `slipway` program, started as a user or a script starts it: its own process, an environment that
/// holds nothing of the tester's, standard output and standard error apart.
final class SlipwayProcess {
    /// What is left of a run.
    struct Outcome {
        /// The exit code, or the number of the signal that ended the process.
        var status: Int32
        /// Whether a signal ended the process.
        var isSignalled: Bool
        /// Standard output.
        var output: String
        /// Standard error.
        var messages: String

        /// Standard output as one JSON document.
        var json: JSONValue {
            get throws { try JSONValue(parsing: Data(output.utf8)) }
        }
    }

    /// A run that does not end, or does not say what is waited for.
    struct Stuck: Error, CustomStringConvertible {
        var description: String
    }

    /// The longest that a command may run, in seconds; far above what any needs, so that only a hang reaches it.
    static let timeLimit = 600.0

    /// Held while a process is started: Foundation does not start two at once safely.
    private static let starting = Mutex(())

    private let process = Process()
    private let ended = DispatchSemaphore(value: 0)
    private let arguments: [String]
    private let outputPath: String
    private let messagesPath: String

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - folder: The current folder of the process.
    ///   - environment: What is added to a bare environment.
    ///   - input: The file that is its standard input.
    ///   - scratch: A folder for what the process writes to its streams.
    init(
        _ arguments: [String], in folder: String, environment: [String: String] = [:], input: String = "/dev/null",
        scratch: String
    ) throws {
        self.arguments = arguments
        let name = "\(scratch)/\(UUID().uuidString)"
        (outputPath, messagesPath) = (name + ".out", name + ".err")
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": scratch, "SLIPWAY_ACTOR": "tester"]
            .merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
        process.standardOutput = try Self.fileHandle(writing: outputPath)
        process.standardError = try Self.fileHandle(writing: messagesPath)
        process.terminationHandler = { [ended] _ in ended.signal() }
        try Self.starting.withLock { _ in try process.run() }
    }

    deinit {
        if process.isRunning { signal(SIGKILL) }
    }

    /// The number of the process.
    var identifier: Int32 { process.processIdentifier }

    /// Whether the process has not ended yet.
    var isRunning: Bool { process.isRunning }

    /// What was written to standard output so far.
    var outputSoFar: String { Self.text(at: outputPath) }

    /// What was written to standard error so far.
    var messagesSoFar: String { Self.text(at: messagesPath) }

    /// Sends a signal.
    func signal(_ number: Int32) { _ = kill(process.processIdentifier, number) }

    /// Waits for the end.
    ///
    /// - Throws: ``Stuck`` after the limit; the process is killed then.
    func wait(limit: Double = timeLimit) throws -> Outcome {
        guard ended.wait(timeout: .now() + limit) == .success else {
            signal(SIGKILL)
            throw Stuck(description: "slipway \(arguments.joined(separator: " ")) still ran after \(limit) s")
        }
        // Left as it was found: whoever waits again must not hang.
        ended.signal()
        return Outcome(
            status: process.terminationStatus, isSignalled: process.terminationReason == .uncaughtSignal,
            output: outputSoFar, messages: messagesSoFar)
    }

    /// Waits until a condition holds.
    ///
    /// - Throws: ``Stuck`` after the limit, or when the process ended before.
    func wait(until what: String, limit: Double = timeLimit, _ condition: () -> Bool) throws {
        let end = Date(timeIntervalSinceNow: limit)
        while !condition() {
            guard process.isRunning, Date() < end else {
                throw Stuck(description: "waited in vain until \(what); standard error: \(messagesSoFar)")
            }
            usleep(5_000)
        }
    }

    /// The program that was built with these tests: it lies beside them.
    static let executable: URL = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let tests = bundle ?? URL(filePath: CommandLine.arguments[0])
        return tests.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "slipway")
    }()

    private static func fileHandle(writing path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    private static func text(at path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
