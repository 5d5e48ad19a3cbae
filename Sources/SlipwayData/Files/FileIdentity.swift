import Foundation

/// Which file stands at a path: another one after it was replaced, the same one after it was written.
package struct FileIdentity: Equatable, Sendable {
    /// What a look at a path tells.
    package enum Look: Equatable, Sendable {
        /// This file stands there.
        case found(FileIdentity)
        /// No file stands there.
        case nothing
        /// The folder could not be asked.
        case unknown
    }

    private let device: UInt64
    private let inode: UInt64

    /// Looks at a path; about a microsecond.
    package static func look(at path: String) -> Look {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno == ENOENT ? .nothing : .unknown }
        return .found(FileIdentity(status))
    }

    /// The file that a descriptor stands for; `nil` for a descriptor that is not open.
    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The length of a file, and when it was last written, as `4096 bytes of 1763770000.123456789`; `nil` where there
    /// is none.
    package static func stamp(of path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if os(Linux)
            let written = status.st_mtim
        #else
            let written = status.st_mtimespec
        #endif
        let decimals = String(written.tv_nsec)
        return "\(status.st_size) bytes of \(written.tv_sec)." + String(repeating: "0", count: 9 - decimals.count)
            + decimals
    }

    private init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}
