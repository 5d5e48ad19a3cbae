import Foundation

/// Changes to folders that stay after a power cut.
package enum FolderChange {
    /// Makes a folder and those above it.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    package static func make(_ path: String) throws(DataError) {
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

    /// Puts a folder whose files are on the disk in the place of another, if one is there, which then stands under the
    /// first one's name: readers see the one or the other at every moment.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`, also for a file system that cannot exchange folders.
    package static func replace(_ target: String, by path: String) throws(DataError) {
        synchronize(path)
        var status = stat()
        if stat(target, &status) == 0 {
            let isDone = exchange(path, target) == 0
            guard isDone else {
                guard errno == EINVAL || errno == ENOSYS || errno == ENOTSUP else {
                    throw FileFailure.writing(target, errno)
                }
                throw DataError(
                    .unwritable, "the file system of '\(target)' cannot put one folder in the place of another",
                    hint: "Move the old folder away first, or name another one.")
            }
        } else {
            guard Foundation.rename(path, target) == 0 else { throw FileFailure.writing(target, errno) }
        }
        synchronize((target as NSString).deletingLastPathComponent)
    }

    /// Exchanges two folders, as `rename` does it for one.
    private static func exchange(_ path: String, _ other: String) -> Int32 {
        #if os(Linux)
            // The call is not among those that Swift sees of the C library.
            typealias Rename =
                @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
            guard let symbol = dlsym(nil, "renameat2") else {
                errno = ENOSYS
                return -1
            }
            return unsafeBitCast(symbol, to: Rename.self)(AT_FDCWD, path, AT_FDCWD, other, exchangeFlag)
        #else
            return renamex_np(path, other, UInt32(RENAME_SWAP))
        #endif
    }

    #if os(Linux)
        /// `RENAME_EXCHANGE` of Linux' `fs.h`.
        private static let exchangeFlag: UInt32 = 1 << 1
    #endif

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
