import Foundation

/// A folder that only its owner may look into, which goes with all in it when the value goes.
///
/// Whoever uses one holds a lock on it, which ends with the process, however that ends. So a folder without a lock is one
/// that a killed process left, and the next one that is made beside it removes it.
public final class PrivateFolder: Sendable {
    private static let prefix = "slipway-"

    /// The path of the folder.
    public let path: String
    private let descriptor: Int32

    /// Makes a folder below another one, which is made where it is not there.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    public init(below parent: String) throws(DataError) {
        do {
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DataError(.unwritable, "the folder '\(parent)' cannot be made", hint: "Check who may write there.")
        }
        Self.sweep(parent)
        while true {
            let path = "\(parent)/\(Self.prefix)\(String(UInt64.random(in: .min ... .max), radix: 36))"
            guard mkdir(path, 0o700) == 0 else { throw FileFailure.writing(path, errno) }
            // Another process may take it for one that was left, before it is locked.
            if let descriptor = Self.held(path) {
                (self.path, self.descriptor) = (path, descriptor)
                return
            }
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(descriptor)
    }

    private static func sweep(_ parent: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            guard let descriptor = held(path) else { continue }
            try? FileManager.default.removeItem(atPath: path)
            close(descriptor)
        }
    }

    /// A lock on a folder that nobody else holds.
    private static func held(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0,
            FileIdentity.look(at: path) == FileIdentity(descriptor: descriptor).map(FileIdentity.Look.found)
        else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
