import Foundation

/// Keeps a snapshot from being removed while somebody reads it, until the owner goes or the process ends.
public final class SnapshotHold: Sendable {
    private let descriptor: Int32

    /// Holds the file of a snapshot's manifest.
    init(sharing path: String) throws(DataError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure.reading(path, errno) }
        while flock(descriptor, LOCK_SH) != 0, errno == EINTR {}
    }

    deinit { close(descriptor) }

    /// Whether somebody holds the file.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
