import Foundation

/// The only owner of a segment that is being written.
struct SegmentFile: ~Copyable, Sendable {
    /// The path of the file.
    let path: String
    /// The times that its records may have.
    let span: TimeWindow
    /// The bytes of whole records in it.
    private(set) var byteCount = 0
    /// Whether a failed write left bytes that could not be removed; nothing may be added behind them.
    private(set) var isTorn = false

    private let descriptor: Int32

    /// Creates the file; one that exists is never opened.
    ///
    /// - Throws: ``LogError``, or `nil` as a value when the name is taken.
    init?(creating name: SegmentName, in folder: SegmentFolder) throws(LogError) {
        let path = "\(folder.path)/\(name.text)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            if errno == EEXIST { return nil }
            throw .system(errno, "creating the log segment", path, kind: .unwritable)
        }
        guard Self.lock(descriptor) else {
            _ = close(descriptor)
            return nil
        }
        self.init(adopting: descriptor, path: path, span: name.span)
    }

    /// Marks the file as one that may grow, until it is closed or the process ends.
    ///
    /// - Returns: `false` when it was removed between its creation and its lock. A file system that knows no locks is
    ///   taken as it is: nothing is ever removed there, since what removes needs the lock too.
    private static func lock(_ descriptor: Int32) -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 { return errno != EWOULDBLOCK }
        return !isRemoved(descriptor)
    }

    /// Whether somebody deleted the file, by hand or with its folder: what is added to it is in no log.
    var isRemoved: Bool { Self.isRemoved(descriptor) }

    private static func isRemoved(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_nlink == 0
    }

    /// Removes a segment that nobody writes any more.
    ///
    /// - Returns: `false` when it is still being written, or gone already.
    /// - Throws: ``LogError`` of kind `unwritable` when the system refuses.
    static func remove(_ path: String) throws(LogError) -> Bool {
        try whenUnused(path) { () throws(LogError) in
            guard unlink(path) == 0 else { throw .system(errno, "removing the log segment", path, kind: .unwritable) }
        }
    }

    /// Whether nobody writes a segment any more.
    static func isUnused(_ path: String) throws(LogError) -> Bool { try whenUnused(path) {} }

    private static func whenUnused(_ path: String, _ work: () throws(LogError) -> Void) throws(LogError) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return false }
            throw .system(errno, "opening the log segment", path, kind: .unwritable)
        }
        defer { _ = close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
        try work()
        return true
    }

    /// Takes over an open descriptor.
    init(adopting descriptor: Int32, path: String, span: TimeWindow) {
        self.descriptor = descriptor
        self.path = path
        self.span = span
    }

    deinit { _ = close(descriptor) }

    /// Adds bytes with one `write(2)`; a rest, where the system took only a part, follows at once.
    ///
    /// - Throws: ``LogError``; the file is then cut back to what it held before.
    mutating func append(_ bytes: [UInt8]) throws(LogError) {
        let failure = bytes.withUnsafeBytes { buffer -> Int32? in
            var rest = buffer
            while !rest.isEmpty {
                let written = write(descriptor, rest.baseAddress, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                guard written > 0 else { return EIO }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
            return nil
        }
        guard let failure else {
            byteCount += bytes.count
            return
        }
        isTorn = ftruncate(descriptor, off_t(byteCount)) != 0
        throw .system(failure, "writing the log segment", path, kind: .unwritable)
    }

    /// Makes the records survive a loss of power.
    func synchronize() throws(LogError) {
        guard fsync(descriptor) == 0 else {
            throw .system(errno, "flushing the log segment", path, kind: .unwritable)
        }
    }

    /// Another owner of the same file, for flushing while records are added; `nil` when no descriptor is left.
    func duplicate() -> SegmentFile? {
        let copy = dup(descriptor)
        return copy < 0 ? nil : SegmentFile(adopting: copy, path: path, span: span)
    }

    /// Makes the names in a folder survive a loss of power; a file system that cannot is left alone.
    static func synchronize(_ folder: SegmentFolder) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        _ = close(descriptor)
    }
}
