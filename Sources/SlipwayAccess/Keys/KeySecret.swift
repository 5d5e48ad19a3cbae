import Foundation
public import SlipwayData

/// A key as its holder has it: `slw_`, the public id, and 256 random bits.
///
/// It is shown once, when it is made; Slipway keeps its SHA-256 only. A slow hash, which passwords need because people
/// choose them, would add nothing: 2²⁵⁶ secrets cannot be tried however fast each try is, and every request would pay
/// for it. What prints a secret prints its id alone.
public struct KeySecret: Sendable {
    /// What every key begins with, so that scanners find keys where they should not be.
    public static let prefix = "slw_"
    /// The random bits of an id, in bytes.
    static let idByteCount = 5
    /// The random bits of a secret, in bytes.
    static let secretByteCount = 32
    /// The characters of an id.
    public static let idLength = 8
    /// The characters of a secret after its id.
    static let secretLength = 52

    /// The public part.
    public let id: String
    private let secret: String

    /// Makes a new key from the system's randomness.
    public static func random() -> KeySecret {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<idByteCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
        return KeySecret(id: Base32.text(of: id), secret: Base32.text(of: KeyedDigest.randomKey()))
    }

    private init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Reads a key as its holder sends it; `nil` for anything that no key looks like.
    public init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        let length = Self.prefix.utf8.count + Self.idLength + 1 + Self.secretLength
        guard bytes.count == length, text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == Self.idLength, Base32.isText(parts[0]), Base32.isText(parts[1])
        else { return nil }
        self.init(id: String(parts[0]), secret: String(parts[1]))
    }

    /// The whole key, for its holder alone.
    public var text: String { "\(Self.prefix)\(id)_\(secret)" }

    /// What is kept of the key.
    public var hash: SHA256Digest { SHA256Digest(of: Data(text.utf8)) }

    /// Whether a digest is that of this key, found in the same time wherever the two differ.
    public func matches(_ hash: SHA256Digest) -> Bool { ConstantTime.areEqual(self.hash.hex, hash.hex) }
}

extension KeySecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id, with the secret left out.
    public var description: String { "\(Self.prefix)\(id)_…" }

    /// The id, with the secret left out.
    public var debugDescription: String { description }

    /// Shows nothing but the id, so that no dump holds the secret.
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
