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
            guard !exists || status.st_mode & S_IFMT == S_IFREG else {
                let descriptor = open(resolved, O_WRONLY | O_CLOEXEC)
                guard descriptor >= 0 else { throw FileFailure.writing(path, errno) }
                self.init(path: resolved, temporaryPath: nil, descriptor: descriptor)
                return
            }
            let (temporaryPath, descriptor) = try TemporaryName.create(beside: resolved, permissions, for: path)
            if exists { fchmod(descriptor, status.st_mode & 0o7777) }
            self.init(path: resolved, temporaryPath: temporaryPath, descriptor: descriptor)
        }

        private init(path: String, temporaryPath: String?, descriptor: Int32) {
            self.path = path
            self.temporaryPath = temporaryPath
            self.descriptor = descriptor
        }

        /// Makes the renaming itself durable; a file system that cannot do so has nothing more to offer.
        func synchronizeFolder() {
            let descriptor = open(TemporaryName.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { return }
            fsync(descriptor)
            close(descriptor)
        }

        static func resolvingLinks(_ path: String) -> String {
            guard let resolved = realpath(path, nil) else { return path }
            defer { free(resolved) }
            return String(cString: resolved)
        }
    }
}
