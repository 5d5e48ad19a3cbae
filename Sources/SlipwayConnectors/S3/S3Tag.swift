import Crypto
import Foundation

/// The tag by which a server tells contents of an object apart: the MD5 of one that came as a whole, else some text.
public struct S3Tag: Hashable, Sendable {
    /// The text, without quotes.
    let text: String
    /// Whether the server tags with something else than MD5.
    let isOfEncrypted: Bool

    init(_ text: String, isOfEncrypted: Bool = false) {
        self.text =
            text.hasPrefix("\"") && text.hasSuffix("\"") && text.count > 1
            ? String(text.dropFirst().dropLast()) : text
        self.isOfEncrypted = isOfEncrypted
    }

    /// The MD5 of the content in hexadecimal; `nil` where the tag is none.
    var digest: String? {
        guard !isOfEncrypted, text.utf8.count == 32, text.allSatisfy(\.isHexDigit) else { return nil }
        return text.lowercased()
    }

    /// The MD5 of bytes as tags have it.
    static func digest(of bytes: Data) -> String { hexadecimal(Insecure.MD5.hash(data: bytes)) }

    /// Bytes in hexadecimal.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Whether both tell of one content; what is known of the encryption does not matter.
    public static func == (left: S3Tag, right: S3Tag) -> Bool { left.text == right.text }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
