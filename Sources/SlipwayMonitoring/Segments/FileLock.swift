import Foundation

/// A lock on a file or a folder, until the owner goes or the process ends.
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Keeps others from removing what a folder names; waits for one who is about to.
    ///
    /// - Returns: `nil` where there is no such folder, or its file system knows no locks; nothing is removed there.
    init?(sharing folder: SegmentFolder) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard Self.lock(descriptor, LOCK_SH) else {
            _ = close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    /// Takes a file or a folder alone.
    ///
    /// - Parameter flags: How the file is opened; `O_CREAT` makes one.
    /// - Returns: `nil` when somebody else has it, or it is not there.
    init?(taking path: String, flags: Int32 = O_RDONLY) {
        let descriptor = open(path, flags | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { return nil }
        guard Self.lock(descriptor, LOCK_EX | LOCK_NB) else {
            _ = close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { _ = close(descriptor) }

    private static func lock(_ descriptor: Int32, _ kind: Int32) -> Bool {
        while flock(descriptor, kind) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }
}
