import Foundation

/// Changes to folders that stay after a power cut.
enum FolderChange {
    /// Makes a folder and those above it.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    static func make(_ path: String) throws(DataError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FileFailure.writing(path, Self.number(of: error))
        }
    }

    /// Renames a folder whose files are on the disk already; a folder with files in it is not replaced.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    static func rename(_ path: String, to target: String) throws(DataError) {
        synchronize(path)
        guard Foundation.rename(path, target) == 0 else { throw FileFailure.writing(target, errno) }
        synchronize((target as NSString).deletingLastPathComponent)
    }

    private static func number(of error: any Error) -> Int32 {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let underlying, underlying.domain == NSPOSIXErrorDomain { return Int32(underlying.code) }
        return (error as NSError).code == NSFileWriteOutOfSpaceError ? ENOSPC : EACCES
    }

    /// Brings the names in a folder to the disk; a file system that cannot do so has nothing more to offer.
    private static func synchronize(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
