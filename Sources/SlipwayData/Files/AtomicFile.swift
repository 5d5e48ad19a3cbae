import Foundation

/// A file that takes its place all at once, or not at all.
///
/// Bytes go to a hidden temporary file in the same folder; ``commit()`` makes them durable and renames the file over
/// the old one. Without it, on any failure, the temporary file is removed and the old file stays as it was. A device or
/// a pipe, such as `/dev/null`, is written to directly, and so is standard output, which is spelled `-`.
///
///     var file = try AtomicFile(replacing: "scores.csv")
///     try file.write(bytes)
///     try file.commit()
public struct AtomicFile: ~Copyable {
    /// The file that will be there.
    public let path: String

    private let temporaryPath: String?
    private let finalPath: String
    private let descriptor: Int32
    private var isCommitted = false

    /// Opens a temporary file beside the one to replace.
    ///
    /// - Parameter permissions: The mode of a new file, less the process's mask; an existing file keeps its own.
    /// - Throws: ``DataError`` of kind `unwritable`.
    public init(replacing path: String, permissions: UInt32 = 0o666) throws(DataError) {
        self.path = path
        finalPath = Self.resolvingLinks(path)
        var status = stat()
        let exists = path != "-" && stat(finalPath, &status) == 0
        if path == "-" {
            temporaryPath = nil
            descriptor = STDOUT_FILENO
        } else if exists, status.st_mode & S_IFMT != S_IFREG {
            temporaryPath = nil
            descriptor = open(finalPath, O_WRONLY | O_CLOEXEC)
        } else {
            let name = ".slipway-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
            let temporary = Self.folder(of: finalPath) + "/" + name
            temporaryPath = temporary
            descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(permissions))
            if exists, descriptor >= 0 { fchmod(descriptor, status.st_mode & 0o7777) }
        }
        guard descriptor >= 0 else { throw FileFailure.writing(path, errno) }
    }

    deinit {
        if descriptor > STDERR_FILENO { close(descriptor) }
        if let temporaryPath, !isCommitted { unlink(temporaryPath) }
    }

    /// Adds bytes to the end.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; a full disk is named as such.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let slice = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor, slice.baseAddress, slice.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure.writing(path, errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Adds bytes to the end.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; a full disk is named as such.
    public mutating func write(_ bytes: [UInt8]) throws(DataError) {
        var failure: DataError?
        bytes.withUnsafeBytes { buffer in
            do throws(DataError) { try write(buffer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Makes the bytes durable and puts the file in its place.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; the old file is then still there.
    public consuming func commit() throws(DataError) {
        guard let temporaryPath else { return }
        guard fsync(descriptor) == 0, rename(temporaryPath, finalPath) == 0 else {
            throw FileFailure.writing(path, errno)
        }
        isCommitted = true
        Self.synchronizeFolder(of: finalPath)
    }

    /// Replaces a file by the given bytes.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; the old file is then still there.
    public static func write(_ bytes: [UInt8], to path: String, permissions: UInt32 = 0o666) throws(DataError) {
        var file = try AtomicFile(replacing: path, permissions: permissions)
        try file.write(bytes)
        try file.commit()
    }

    /// Makes the renaming itself durable; a file system that cannot do so has nothing more to offer.
    private static func synchronizeFolder(of path: String) {
        let descriptor = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
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
