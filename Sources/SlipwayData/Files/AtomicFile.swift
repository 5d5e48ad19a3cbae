import Foundation

/// A file that takes its place all at once, or not at all.
///
/// Bytes go to a hidden temporary file in the same folder; ``commit()`` makes them durable and renames the file over
/// the old one. Without it, on any failure, the temporary file is removed and the old file stays as it was; a killed
/// process leaves it for ``sweep(beside:)``. A device or a pipe, such as `/dev/null`, is written to directly, and so is standard output, which is spelled `-`.
///
///     var file = try AtomicFile(replacing: "scores.csv")
///     try file.write(bytes)
///     try file.commit()
public struct AtomicFile: ~Copyable {
    /// The file that will be there.
    public let path: String

    private let target: Target
    private var isCommitted = false

    /// Opens a temporary file beside the one to replace.
    ///
    /// - Parameter permissions: The mode of a new file, less the process's mask; an existing file keeps its own.
    /// - Throws: ``DataError`` of kind `unwritable`.
    public init(replacing path: String, permissions: UInt32 = 0o666) throws(DataError) {
        target = try Target(path: path, permissions: mode_t(permissions))
        self.path = path
    }

    deinit {
        if target.descriptor > STDERR_FILENO { close(target.descriptor) }
        if let temporaryPath = target.temporaryPath, !isCommitted { unlink(temporaryPath) }
    }

    /// The path under which a library of this process can write the bytes itself.
    public var descriptorPath: String { DescriptorPath.path(of: target.descriptor) }

    /// Adds bytes to the end.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; a full disk is named as such.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws(DataError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let slice = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(target.descriptor, slice.baseAddress, slice.count)
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
        guard let temporaryPath = target.temporaryPath else { return }
        guard fsync(target.descriptor) == 0, rename(temporaryPath, target.path) == 0 else {
            throw FileFailure.writing(path, errno)
        }
        isCommitted = true
        target.synchronizeFolder()
    }

    /// Removes the temporary files that killed processes left beside a file; those of processes that live stay.
    public static func sweep(beside path: String) {
        TemporaryName.sweep(TemporaryName.folder(of: Target.resolvingLinks(path)))
    }

    /// Replaces a file by the given bytes.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`; the old file is then still there.
    public static func write(_ bytes: [UInt8], to path: String, permissions: UInt32 = 0o666) throws(DataError) {
        var file = try AtomicFile(replacing: path, permissions: permissions)
        try file.write(bytes)
        try file.commit()
    }
}
