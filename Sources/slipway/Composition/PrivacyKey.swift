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

    private static func bytes(at path: String) throws(DataError) -> [UInt8] {
        if let data = FileManager.default.contents(atPath: path) { return Array(data) }
        let key = KeyedDigest.randomKey()
        do {
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        } catch {
            throw DataError(.unwritable, "the folder of \(path) cannot be made")
        }
        try AtomicFile.write(key, to: path, permissions: 0o600)
        return key
    }
}
