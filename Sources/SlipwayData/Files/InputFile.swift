import Foundation

/// A file, or standard input as `-`, open for reading from front to end.
package struct InputFile: ~Copyable {
    /// The bytes asked for in one read.
    static let chunkByteCount = 1 << 20

    private let path: String
    private let descriptor: Int32

    /// Opens the file.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`.
    package init(path: String) throws(DataError) {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure.reading(path, errno) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit {
        if descriptor > STDIN_FILENO { close(descriptor) }
    }

    /// Adds up to ``chunkByteCount`` bytes to the end of `buffer` and returns how many came; 0 at the end.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`.
    package func read(into buffer: inout [UInt8]) throws(DataError) -> Int {
        var failure: Int32 = 0
        // Filled in place: appending a mebibyte of zeros first would cost more than the reading.
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkByteCount) { space, count in
            var received = -1
            repeat {
                received = Foundation.read(descriptor, space.baseAddress, space.count)
                failure = errno
            } while received < 0 && failure == EINTR
            count = max(received, 0)
            if received >= 0 { failure = 0 }
        }
        guard failure == 0 else { throw FileFailure.reading(path, failure) }
        buffer.append(contentsOf: chunk)
        return chunk.count
    }

    /// All bytes of a file.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`, or `limitExceeded` when there are more bytes than allowed.
    package static func bytes(of path: String, byteCountMax: Int) throws(DataError) -> [UInt8] {
        let file = try InputFile(path: path)
        var bytes: [UInt8] = []
        while try file.read(into: &bytes) > 0 {
            guard bytes.count <= byteCountMax else {
                throw DataError(
                    .limitExceeded, "'\(path)' has more than \(byteCountMax) bytes",
                    hint: "Split it into smaller files.")
            }
        }
        return bytes
    }
}
