import Crypto
public import Foundation

/// The SHA-256 of some bytes, which names packages and snapshots by their content.
public struct SHA256Digest: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The digest as 64 lower-case hexadecimal digits.
    public let hex: String

    /// Computes the digest of bytes in memory.
    public init(of data: Data) {
        hex = Self.hexadecimal(SHA256.hash(data: data))
    }

    /// Takes a digest that was computed piece by piece.
    init(_ digest: SHA256.Digest) { hex = Self.hexadecimal(digest) }

    /// Computes the digest of a file, reading it in pieces.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` when the file cannot be read.
    public init(ofFile path: String) throws(DataError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DataError(.unreadable, "the file \(path) cannot be read")
        }
        defer { try? handle.close() }
        var hash = SHA256()
        do {
            while let piece = try handle.read(upToCount: Self.pieceByteCount), !piece.isEmpty {
                hash.update(data: piece)
            }
        } catch {
            throw DataError(.unreadable, "the file \(path) cannot be read: \(error)")
        }
        hex = Self.hexadecimal(hash.finalize())
    }

    /// Takes a digest written before; `nil` unless it is 64 lower-case hexadecimal digits.
    public init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = hex
    }

    /// Reads the hexadecimal form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let digest = SHA256Digest(hex: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no SHA-256 digest")
        }
        self = digest
    }

    /// Writes the hexadecimal form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    /// The first twelve digits, enough to tell versions apart on a screen.
    public var short: String { String(hex.prefix(12)) }

    /// The digest as text.
    public var description: String { hex }

    private static let pieceByteCount = 1 << 20

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
