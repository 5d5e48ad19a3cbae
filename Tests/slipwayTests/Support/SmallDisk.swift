import Foundation
import Testing

/// A file system in memory, small enough to be filled.
struct SmallDisk {
    private static let size = "3m"

    private let path: String
    private var filler: String { "\(path)/filler" }

    /// Whether this machine lets the tests mount one.
    static let isPossible: Bool = {
        (try? withTemporaryFolder { folder in
            guard run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", folder]) else { return false }
            return run("umount", [folder])
        }) ?? false
    }()

    /// Runs a body with a project on a small disk.
    static func with(_ body: (SmallDisk, TelcoProject) throws -> Void) throws {
        try withTemporaryFolder { scratch in
            let mount = "\(scratch)/disk"
            try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
            #expect(run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", mount]))
            defer { _ = run("umount", ["-l", mount]) }
            try TelcoProject.with(at: "\(mount)/telco", scratch: scratch) {
                try body(SmallDisk(path: mount), $0)
            }
        }
    }

    /// Takes every byte that is left, but for some.
    func fill(leaving byteCount: Int = 0) throws {
        let descriptor = open(filler, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0, count: 4_096)
        var taken = 0
        while case let count = write(descriptor, block, block.count), count > 0 { taken += count }
        ftruncate(descriptor, max(0, taken - byteCount))
    }

    /// Gives the bytes back.
    func empty() throws { try FileManager.default.removeItem(atPath: filler) }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
