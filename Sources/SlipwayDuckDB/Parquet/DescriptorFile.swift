import CDuckDB
import Foundation
import SlipwayData

/// A file that is open here, and the name under which the library finds it whatever its path holds.
///
/// The library takes some signs in a path for patterns; the name of a descriptor has none of them.
final class DescriptorFile {
    private let descriptor: Int32

    /// The name of the open file, for as long as it is open.
    var name: String { DescriptorPath.path(of: descriptor) }

    /// Opens a file to be read.
    init(reading path: String) throws(DataError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw DataError(.unreadable, "'\(path)' cannot be opened: \(String(cString: strerror(errno)))")
        }
    }

    /// Creates a file that is not there yet.
    init(creating path: String) throws(DataError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw DataError(.unwritable, "'\(path)' cannot be created: \(String(cString: strerror(errno)))")
        }
    }

    /// Makes a file without a place in any folder, in memory where the system has such files.
    init(holding bytes: [UInt8]) throws(DataError) {
        let memory = duckMemoryFile()
        descriptor = memory >= 0 ? memory : Self.unlinkedFile()
        guard descriptor >= 0 else {
            throw DataError(.unwritable, "no file in memory can be made: \(String(cString: strerror(errno)))")
        }
        let failure = bytes.withUnsafeBytes { buffer -> Int32? in
            var rest = buffer
            while !rest.isEmpty {
                let written = write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return errno }
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
            return nil
        }
        if let failure {
            throw DataError(.unwritable, "a file in memory cannot be written: \(String(cString: strerror(failure)))")
        }
    }

    deinit { if descriptor >= 0 { _ = close(descriptor) } }

    /// Makes what was written survive a loss of power.
    func synchronize() throws(DataError) {
        guard fsync(descriptor) == 0 else {
            throw DataError(.unwritable, "the file cannot be flushed: \(String(cString: strerror(errno)))")
        }
    }

    private static func unlinkedFile() -> Int32 {
        var template = Array("\(NSTemporaryDirectory())/slipway-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        if descriptor >= 0 { unlink(template) }
        return descriptor
    }
}
