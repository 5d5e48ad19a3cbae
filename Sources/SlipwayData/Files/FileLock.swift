import Foundation

/// A lock on a file, which ends with the process that holds it, however that ends.
enum FileLock {
    /// Runs a body while nobody else holds the file, which is made where it is not there; waits for whoever does.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`, or what the body throws.
    static func holding<Result>(
        _ path: String, _ body: () throws(DataError) -> Result
    ) throws(DataError) -> Result {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw FileFailure.writing(path, errno) }
        defer { close(descriptor) }
        // A file system without locks leaves each writer to its own temporary names.
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        return try body()
    }
}
