import Foundation

extension AtomicFile {
    /// The hidden files that hold the bytes until they are committed.
    ///
    /// Whoever writes one holds a lock on it, which ends with the process, however that ends. So a file without a lock is
    /// one that a killed process left.
    enum TemporaryName {
        private static let prefix = ".slipway-"
        private static let suffix = ".tmp"

        /// Makes a file beside another, and locks it.
        ///
        /// - Throws: ``DataError`` of kind `unwritable` that names the file to replace.
        static func create(
            beside path: String, _ permissions: mode_t, for named: String
        ) throws(DataError) -> (path: String, descriptor: Int32) {
            while true {
                let random = String(UInt64.random(in: .min ... .max), radix: 36)
                let temporaryPath = "\(folder(of: path))/\(prefix)\(random)\(suffix)"
                let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
                guard descriptor >= 0 else { throw FileFailure.writing(named, errno) }
                // A file system without locks is not swept either.
                let isHeld = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
                // Another process may have swept it away before it was locked.
                if isHeld, stands(temporaryPath, as: descriptor) { return (temporaryPath, descriptor) }
                close(descriptor)
            }
        }

        /// Removes the files that killed processes left in a folder.
        static func sweep(_ folder: String) {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
                let path = "\(folder)/\(name)"
                let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
                guard descriptor >= 0 else { continue }
                defer { close(descriptor) }
                var status = stat()
                guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                    flock(descriptor, LOCK_EX | LOCK_NB) == 0, stands(path, as: descriptor)
                else { continue }
                unlink(path)
            }
        }

        static func folder(of path: String) -> String {
            guard let slash = path.lastIndex(of: "/") else { return "." }
            return slash == path.startIndex ? "/" : String(path[..<slash])
        }

        private static func stands(_ path: String, as descriptor: Int32) -> Bool {
            var (named, opened) = (stat(), stat())
            return stat(path, &named) == 0 && fstat(descriptor, &opened) == 0 && named.st_dev == opened.st_dev
                && named.st_ino == opened.st_ino
        }
    }
}
