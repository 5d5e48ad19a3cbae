import Foundation

extension AtomicFile {
    /// Where bytes go until the file is committed, and where they belong.
    struct Target {
        /// The file to replace, links followed.
        let path: String
        /// The file that holds the bytes until then; `nil` where they are written directly.
        let temporaryPath: String?
        /// The descriptor to write to.
        let descriptor: Int32

        /// Opens the place to write to.
        ///
        /// - Throws: ``DataError`` of kind `unwritable`.
        init(path: String, permissions: mode_t) throws(DataError) {
            guard path != "-" else {
                self.init(path: path, temporaryPath: nil, descriptor: STDOUT_FILENO)
                return
            }
            let resolved = Self.resolvingLinks(path)
            var status = stat()
            let exists = stat(resolved, &status) == 0
            let isDirect = exists && status.st_mode & S_IFMT != S_IFREG
            let temporaryPath = isDirect ? nil : Self.temporaryPath(beside: resolved)
            let descriptor =
                temporaryPath.map { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions) }
                ?? open(resolved, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw FileFailure.writing(path, errno) }
            if exists, !isDirect { fchmod(descriptor, status.st_mode & 0o7777) }
            self.init(path: resolved, temporaryPath: temporaryPath, descriptor: descriptor)
        }

        private init(path: String, temporaryPath: String?, descriptor: Int32) {
            self.path = path
            self.temporaryPath = temporaryPath
            self.descriptor = descriptor
        }

        /// Makes the renaming itself durable; a file system that cannot do so has nothing more to offer.
        func synchronizeFolder() {
            let descriptor = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { return }
            fsync(descriptor)
            close(descriptor)
        }

        private static func temporaryPath(beside path: String) -> String {
            folder(of: path) + "/.slipway-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        }

        private static func folder(of path: String) -> String {
            guard let slash = path.lastIndex(of: "/") else { return "." }
            return slash == path.startIndex ? "/" : String(path[..<slash])
        }

        private static func resolvingLinks(_ path: String) -> String {
            guard let resolved = realpath(path, nil) else { return path }
            defer { free(resolved) }
            return String(cString: resolved)
        }
    }
}
