import Crypto

/// HMAC-SHA-256 under a secret key: equal messages stay equal, and nobody without the key can find a message by trying.
public struct KeyedDigest: Sendable {
    /// The length of a key, in bytes.
    public static let keyByteCount = 32

    private let key: SymmetricKey

    /// Takes a key.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for a key shorter than ``keyByteCount``.
    public init(key: [UInt8]) throws(DataError) {
        guard key.count >= Self.keyByteCount else {
            throw DataError(.malformed, "a key of \(key.count) bytes is too short, it must have \(Self.keyByteCount)")
        }
        self.key = SymmetricKey(data: key)
    }

    /// A new random key.
    public static func randomKey() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// The digest of a message, 32 bytes.
    public func callAsFunction(_ message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }
}
