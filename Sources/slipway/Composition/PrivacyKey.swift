import Foundation
import SlipwayData

/// The secret under which a project hashes personal fields.
enum PrivacyKey {
    /// The keyed digest of a project.
    ///
    /// The key is made at first use and kept in the project's state folder, readable by its owner alone: with another
    /// key the same value would hash to something else, and joins would break.
    ///
    /// - Throws: ``DataError`` when the key can be neither read nor written.
    static func keyedDigest(stateFolder: String) throws(DataError) -> @Sendable ([UInt8]) -> [UInt8] {
        let digest = try KeyedDigest(key: bytes(at: "\(stateFolder)/privacy.key"))
        return { message in digest(message) }
    }

    /// The key that is there, or a new one; of two that make one at the same time, both take the first.
    private static func bytes(at path: String) throws(DataError) -> [UInt8] {
        if let key = try existing(at: path) { return key }
        let key = KeyedDigest.randomKey()
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        } catch {
            throw DataError(.unwritable, "the folder of \(path) cannot be made")
        }
        let own = "\(path).\(UUID().uuidString)"
        defer { unlink(own) }
        try AtomicFile.write(key, to: own, permissions: 0o600)
        guard link(own, path) != 0 else { return key }
        guard let first = try existing(at: path) else {
            throw DataError(.unwritable, "the key \(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        return first
    }

    /// The key that is there; `nil` where there is none.
    ///
    /// - Throws: ``DataError`` where there is one that cannot be read: another one would not hash as it does.
    private static func existing(at path: String) throws(DataError) -> [UInt8]? {
        if let data = FileManager.default.contents(atPath: path) { return Array(data) }
        guard access(path, F_OK) != 0, errno == ENOENT else {
            throw DataError(
                .unreadable, "the key \(path), under which personal fields are hashed, cannot be read",
                hint: "Let the user who runs Slipway read it, or bring it back from a backup.")
        }
        return nil
    }
}
