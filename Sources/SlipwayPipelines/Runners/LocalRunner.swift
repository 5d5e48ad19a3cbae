import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs a program on this machine, with a time limit and its output kept in a file.
public struct LocalRunner: Sendable {
    /// A program to run.
    public struct Program: Sendable {
        /// The executable and its arguments.
        public var command: [String]
        /// The folder in which it runs.
        public var folder: String
        /// What is added to the environment.
        public var environment: [String: String]
        /// How long it may run.
        public var timeout: Duration
        /// The file that takes standard output and standard error.
        public var logFile: String

        /// Describes a program.
        public init(
            command: [String], folder: String, environment: [String: String], timeout: Duration, logFile: String
        ) {
            self.command = command
            self.folder = folder
            self.environment = environment
            self.timeout = timeout
            self.logFile = logFile
        }
    }

    /// The time between the polite signal and the one that cannot be refused.
    static let gracePeriod = Duration.seconds(5)
    /// The lines of the log that an error shows.
    static let logLineCountShown = 12
    /// The bytes at the end of the log in which those lines are looked for.
    static let logTailByteCount = 64 << 10

    /// Makes a runner.
    public init() {}

    /// Runs a program to its end.
    ///
    /// The program gets a session of its own; when its time is over, or the caller is cancelled, the whole session is
    /// ended, with whatever the program started.
    ///
    /// - Returns: How long it ran.
    /// - Throws: ``PipelineError``: kind `notStarted`, `programFailed` with the end of its output, or `timedOut`.
    public func run(_ program: Program) async throws(PipelineError) -> Duration {
        guard let name = program.command.first, !name.isEmpty else {
            throw PipelineError(.notStarted, "the command is empty")
        }
        let log = try openLog(program.logFile)
        defer { try? log.close() }
        let started = ContinuousClock.now
        let outcome: Outcome
        do {
            outcome = try await raced(program, name: name, log: log)
        } catch is CancellationError {
            throw PipelineError(.cancelled, "'\(program.command.joined(separator: " "))' was ended before it was done")
        } catch {
            throw PipelineError(
                .notStarted, "'\(name)' cannot be started in \(program.folder): \(error)",
                hint: "Check that the program is installed and the path is right.")
        }
        let shown = tail(of: program.logFile)
        switch outcome {
        case .ended(.exited(0)): return ContinuousClock.now - started
        case .ended(.exited(let code)): throw failure("ended with exit code \(code)", program, shown)
        case .ended(.signaled(let signal)): throw failure("was ended by signal \(signal)", program, shown)
        case .timedOut:
            throw PipelineError(
                .timedOut,
                "'\(program.command.joined(separator: " "))' ran longer than \(program.timeout) and was ended"
                    + shown,
                hint: "Its output is in \(program.logFile).")
        }
    }

    private enum Outcome: Sendable {
        case ended(TerminationStatus)
        case timedOut
    }

    private func raced(_ program: Program, name: String, log: FileDescriptor) async throws -> Outcome {
        let session = Session()
        // Subprocess stops its teardown as soon as the program itself is gone; what the program started may still run.
        defer { session.kill() }
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { .ended(try await launched(program, name: name, log: log, session: session)) }
            group.addTask {
                try await Task.sleep(for: program.timeout)
                return .timedOut
            }
            defer { group.cancelAll() }
            let outcome = try await group.next() ?? .timedOut
            try Task.checkCancellation()
            if case .ended = outcome { session.leave() }
            return outcome
        }
    }

    private func launched(
        _ program: Program, name: String, log: FileDescriptor, session: Session
    ) async throws -> TerminationStatus {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Self.gracePeriod)
        ]
        let executable: Executable =
            name.contains("/")
            ? .path(FilePath(name.hasPrefix("/") ? name : "\(program.folder)/\(name)")) : .name(name)
        let added = program.environment.reduce(into: [Environment.Key: String?]()) {
            $0[.init(stringLiteral: $1.key)] = $1.value
        }
        let result = try await Subprocess.run(
            executable, arguments: Arguments(Array(program.command.dropFirst())),
            environment: .inherit.updating(added), workingDirectory: FilePath(program.folder),
            platformOptions: options, input: .none, output: .fileDescriptor(log, closeAfterSpawningProcess: false),
            error: .combinedWithOutput
        ) { execution in
            session.enter(execution.processIdentifier.value)
        }
        return result.terminationStatus
    }

    /// The process group of a program, which the program's own children belong to unless they leave it.
    private final class Session: Sendable {
        private let leader = Mutex<pid_t?>(nil)

        func enter(_ identifier: pid_t) { leader.withLock { $0 = identifier } }

        func leave() { leader.withLock { $0 = nil } }

        /// Ends whatever is left of the group.
        func kill() {
            leader.withLock { leader in
                if let leader { _ = Foundation.kill(-leader, SIGKILL) }
                leader = nil
            }
        }
    }

    private func openLog(_ path: String) throws(PipelineError) -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite, .groupRead])
        } catch {
            throw PipelineError(.unwritable, "the log file \(path) cannot be written: \(error)")
        }
    }

    private func failure(_ what: String, _ program: Program, _ shown: String) -> PipelineError {
        PipelineError(
            .programFailed, "'\(program.command.joined(separator: " "))' \(what)\(shown)",
            hint: "Its whole output is in \(program.logFile).")
    }

    /// The last lines of the output, indented below the message.
    private func tail(of path: String) -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? file.close() }
        let size = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: size > UInt64(Self.logTailByteCount) ? size - UInt64(Self.logTailByteCount) : 0)
        guard let data = try? file.readToEnd() else { return "" }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: true)
        guard !lines.isEmpty else { return "" }
        return ":\n" + lines.suffix(Self.logLineCountShown).map { "    \($0)" }.joined(separator: "\n") + "\n "
    }
}
