import Foundation
public import Logging
public import ServiceLifecycle
public import SlipwayData
import Synchronization

/// Writes a line of JSON for each request, without making one wait.
///
/// Lines are gathered and written a few times a second. What a slow disk leaves no room for is dropped and counted: the
/// prediction log promises to be complete, this log does not. A file that was moved away is made anew, so that any
/// rotation works.
public final class AccessLog: Service {
    /// How often lines are written.
    static let interval = Duration.milliseconds(200)
    /// The most bytes that wait: 8 MiB.
    static let waitingByteCountMax = 8 << 20

    private struct State {
        var bytes: [UInt8] = []
        var droppedCount = 0
    }

    private let file: AccessLogFile
    private let logger: Logger
    private let state = Mutex(State())

    /// Makes a log that is written to a file, or to standard output as `-`.
    public init(path: String, logger: Logger) {
        file = AccessLogFile(path: path)
        self.logger = logger
    }

    /// Makes the file, so that one that cannot be written is known before anybody is served.
    ///
    /// - Throws: `DataError` of kind `unwritable`.
    public func open() throws(DataError) { try file.append([]) }

    /// The lines that found no room.
    package var droppedCount: Int { state.withLock { $0.droppedCount } }

    /// Keeps a record until it is written.
    public func append(_ record: AccessRecord) {
        var line: [UInt8] = []
        JSONValue.object(record.json).write(into: &line)
        line.append(UInt8(ascii: "\n"))
        state.withLock { state in
            guard state.bytes.count + line.count <= Self.waitingByteCountMax else {
                state.droppedCount += 1
                return
            }
            state.bytes += line
        }
    }

    /// Writes lines until the server shuts down, and the last ones then.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var failure: DataError?
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                let found = await BlockingWork.run { self.write() }
                // What lasts is said once.
                if let found, found != failure {
                    self.logger.error("the access log cannot be written", metadata: ["error": "\(found)"])
                }
                failure = found
            }
        }
        _ = write()
    }

    private func write() -> DataError? {
        let bytes = state.withLock { state in
            defer { state.bytes = [] }
            return state.bytes
        }
        guard !bytes.isEmpty else { return nil }
        do throws(DataError) {
            try file.append(bytes)
            return nil
        } catch {
            let lines = bytes.count { $0 == UInt8(ascii: "\n") }
            state.withLock { $0.droppedCount += lines }
            return error
        }
    }
}
