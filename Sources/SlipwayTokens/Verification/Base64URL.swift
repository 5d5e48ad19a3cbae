import Foundation

/// Bytes as tokens and key sets write them: base64url without padding (RFC 7515, 2).
enum Base64URL {
    /// The bytes of a text; `nil` for anything else.
    static func bytes(of text: some StringProtocol) -> [UInt8]? {
        guard !text.utf8.contains(where: "+/=".utf8.contains) else { return nil }
        var plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain).map(Array.init)
    }
}
