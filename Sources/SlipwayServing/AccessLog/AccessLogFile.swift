import Foundation
import SlipwayData
import Synchronization

/// The file of an access log, opened again when it was moved away.
final class AccessLogFile: Sendable {
    /// Who may read the file: its owner and group.
    private static let permissions: mode_t = 0o640

    private struct State {
        var descriptor: Int32 = -1
        var identity: FileIdentity?
    }

    private let path: String
    private let state = Mutex(State())

    /// Names a file, or standard output as `-`.
    init(path: String) { self.path = path }

    deinit {
        state.withLock { if $0.descriptor > STDERR_FILENO { close($0.descriptor) } }
    }

    /// Adds bytes to the end; blocks its thread while it does.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    func append(_ bytes: [UInt8]) throws(DataError) {
        let number = state.withLock { state -> Int32 in
            guard open(&state) else { return errno }
            return Self.write(bytes, to: state.descriptor)
        }
        guard number == 0 else {
            throw DataError(.unwritable, "cannot write to '\(path)': \(String(cString: strerror(number)))")
        }
    }

    private func open(_ state: inout State) -> Bool {
        guard path != "-" else {
            state.descriptor = STDOUT_FILENO
            return true
        }
        if state.descriptor >= 0 {
            if let identity = state.identity, FileIdentity.look(at: path) == .found(identity) { return true }
            close(state.descriptor)
            state.descriptor = -1
        }
        let descriptor = Foundation.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, Self.permissions)
        guard descriptor >= 0 else { return false }
        state.descriptor = descriptor
        state.identity = FileIdentity(descriptor: descriptor)
        return true
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let slice = UnsafeRawBufferPointer(rebasing: rest)
                let count = Foundation.write(descriptor, slice.baseAddress, slice.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return errno }
                rest = rest.dropFirst(count)
            }
            return 0
        }
    }
}
