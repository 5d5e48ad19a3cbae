import Foundation
import SlipwayTesting

/// A small file system in memory that can be filled; unmounted when the value goes.
final class FullDisk {
    /// Whether this process may mount one.
    static let isPossible: Bool = {
        guard let temporary = try? TemporaryFolder() else { return false }
        return (try? FullDisk(at: temporary.path, byteCount: 4 << 10)) != nil
    }()

    private let path: String

    init(at path: String, byteCount: Int) throws {
        self.path = path
        try Self.mountMemory(at: path, byteCount: byteCount, flags: 0)
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    func grow(toByteCount byteCount: Int) throws {
        try Self.mountMemory(at: path, byteCount: byteCount, flags: UInt(MS_REMOUNT))
    }

    private static func mountMemory(at path: String, byteCount: Int, flags: UInt) throws {
        guard mount("tmpfs", path, "tmpfs", flags, "size=\(byteCount)") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
        }
    }
}
