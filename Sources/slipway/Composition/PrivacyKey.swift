import Crypto
import Foundation
import SlipwayData

/// The secret under which a project hashes personal fields.
enum PrivacyKey {
    /// The length of a key that is made, in bytes.
    static let byteCount = 32

    /// HMAC-SHA-256 under the project's key.
    ///
    /// The key is made at first use and kept in the project's state folder, readable by its owner alone: with another
    /// key the same value would hash to something else, and joins would break.
    ///
    /// - Throws: ``DataError`` when the key can be neither read nor written.
    static func keyedDigest(stateFolder: String) throws(DataError) -> @Sendable ([UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: try bytes(at: "\(stateFolder)/privacy.key"))
        return { message in Array(HMAC<SHA256>.authenticationCode(for: message, using: key)) }
    }

    private static func bytes(at path: String) throws(DataError) -> [UInt8] {
        if let data = FileManager.default.contents(atPath: path) {
            guard data.count >= byteCount else {
                throw DataError(.malformed, "the privacy key in \(path) is shorter than \(byteCount) bytes")
            }
            return Array(data)
        }
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
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
